import { Link } from '@tanstack/react-router'
import { PanelBottomOpen } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { type DockTab, paths, type TaskSearch, taskViews, type TaskViewName } from '../../paths.ts'
import { useKeyHint } from '../../shell/use-key-hint.ts'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useTaskSession } from './task-context.ts'

const labels: Record<TaskViewName, string> = {
  graph: 'Graph',
  steps: 'Steps',
  waterfall: 'Waterfall',
  draft: 'Draft',
  output: 'Output',
  costs: 'Costs',
}

type Props = {
  view: TaskViewName
  search: TaskSearch
  isPhone: boolean
  onDock: (dock: DockTab | undefined) => void
}

const tabLook =
  // All of them fit on a phone; where the text is larger, they scroll.
  '-mb-px border-b-2 px-3 py-2 text-14 font-medium transition-colors duration-[120ms] max-md:grow max-md:px-1.5 max-md:text-center max-md:text-13 pointer-coarse:min-w-11 pointer-coarse:py-3'

/** Views are addresses: each is a link. */
export const TaskTabs = ({ view, search, isPhone, onDock }: Props) => {
  const { taskId } = useTaskSession()
  const hint = useKeyHint()
  const tabs = useRef<HTMLElement>(null)
  useEffect(() => {
    // Newer browsers answer with a promise, which React would call when the view changes.
    tabs.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [view])
  const showsDock = isPhone && search.dock !== undefined && search.dock !== 'closed'
  return (
    <nav
      ref={tabs}
      aria-label="Views"
      className="scroll-edges flex shrink-0 items-center overflow-x-auto border-b border-line px-1"
    >
      {taskViews.map((name) => (
        <Link
          key={name}
          to={paths.task()}
          params={{ taskId, view: name }}
          search={isPhone ? { ...search, dock: undefined } : search}
          resetScroll={false}
          aria-current={name === view && !showsDock ? 'page' : undefined}
          className={classes(
            tabLook,
            name === view && !showsDock
              ? 'border-accent text-text'
              : 'border-transparent text-text-2 hover:text-text',
          )}
        >
          {labels[name]}
        </Link>
      ))}
      {isPhone && (
        <button
          type="button"
          aria-pressed={showsDock}
          onClick={() => onDock('log')}
          className={classes(
            tabLook,
            showsDock ? 'border-accent text-text' : 'border-transparent text-text-2',
          )}
        >
          Log
        </button>
      )}
      <span className="md:grow" />
      {!isPhone && search.dock === 'closed' && (
        <IconButton
          label={hint('Log and events', 'dock')}
          icon={PanelBottomOpen}
          onClick={() => onDock(undefined)}
        />
      )}
    </nav>
  )
}
