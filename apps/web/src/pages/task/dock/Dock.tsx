import { PanelBottomClose } from 'lucide-react'
import type { DockTab } from '../../../paths.ts'
import { classes } from '../../../ui/classes.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Segments } from '../../../ui/Segments.tsx'
import type { Seek } from '../use-position.ts'
import { EventList } from './EventList.tsx'
import { LogList } from './LogList.tsx'

type Props = {
  tab: Exclude<DockTab, 'closed'>
  filter: string
  onTab: (tab: DockTab) => void
  onFilter: (filter: string) => void
  onSeek: Seek
  onSelect: (stepId: string) => void
  isClosable: boolean
}

/** Below the view: what happened, as a log and as the complete list of events. */
export const Dock = ({ tab, filter, onTab, onFilter, onSeek, onSelect, isClosable }: Props) => (
  <section aria-label="Log and events" className="flex h-full min-h-0 flex-col bg-bg">
    <header className="flex shrink-0 flex-wrap items-center gap-3 border-b border-line px-4 py-1.5">
      <Segments
        label="Log or events"
        size="small"
        value={tab}
        options={[
          { value: 'log', label: 'Log' },
          { value: 'events', label: 'Events' },
        ]}
        onValue={onTab}
      />
      {tab === 'log' && (
        <input
          type="search"
          aria-label="Filter of the log"
          placeholder='level:warn  step:3  "words"'
          value={filter}
          onChange={(event) => onFilter(event.target.value)}
          className={classes(
            'h-7 w-80 min-w-0 rounded-6 border border-line-strong bg-bg px-2 font-mono text-12 placeholder:text-text-3 max-md:grow pointer-coarse:h-11',
          )}
        />
      )}
      <span className="grow" />
      {isClosable && (
        <IconButton
          label="Close   D"
          icon={PanelBottomClose}
          size="small"
          onClick={() => onTab('closed')}
        />
      )}
    </header>
    <div className="min-h-0 grow">
      {tab === 'log' ? (
        <LogList filter={filter} onSeek={onSeek} onSelect={onSelect} />
      ) : (
        <EventList onSeek={onSeek} />
      )}
    </div>
  </section>
)
