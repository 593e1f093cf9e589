import type { StepStatus } from '@maestro/contracts/task/task-status'
import { FilterX } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { classes } from '../../../ui/classes.ts'
import { inputLook } from '../../../ui/control-look.ts'
import { formatCount } from '../../../ui/format-count.ts'
import { Select } from '../../../ui/Select.tsx'
import { stepStatusLook } from '../../../ui/status-look.ts'
import { isFilter, noFilter, type StepFilter, statusOfItem } from './step-filter.ts'
import type { StepItem } from './step-items.ts'

type Props = {
  items: readonly StepItem[]
  /** How many of them fit. */
  found: number
  filter: StepFilter
  onFilter: (part: Partial<StepFilter>) => void
  /** What else belongs into the bar. */
  children: ReactNode
}

const statuses = Object.keys(stepStatusLook) as StepStatus[]
const every = ''

/** Which steps are shown, by status, agent and words. It stands in the address. */
export const StepFilterBar = ({ items, found, filter, onFilter, children }: Props) => {
  const { counts, agents } = useMemo(() => {
    const known = new Map<StepStatus, number>()
    for (const item of items)
      known.set(statusOfItem(item), (known.get(statusOfItem(item)) ?? 0) + 1)
    return {
      counts: known,
      agents: [...new Set(items.map(({ agentName }) => agentName))].toSorted(),
    }
  }, [items])
  // One that nothing has at this moment stays in the list while it is chosen.
  const named = [...new Set([...agents, ...(filter.agent === undefined ? [] : [filter.agent])])]
  return (
    <search
      aria-label="Filter of the steps"
      className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2"
    >
      <input
        type="search"
        aria-label="Words in a step"
        placeholder="Number, title, id, promise"
        value={filter.find ?? ''}
        onChange={({ target }) =>
          onFilter({ find: target.value === '' ? undefined : target.value })
        }
        className={classes(inputLook, 'w-64 min-w-0 max-md:grow')}
      />
      <Select
        aria-label="Status"
        value={filter.only ?? every}
        options={[
          { value: every, label: 'Every status' },
          ...statuses
            .filter((status) => counts.has(status) || status === filter.only)
            .map((status) => ({
              value: status,
              label: `${stepStatusLook[status].label} (${counts.get(status) ?? 0})`,
            })),
        ]}
        onValue={(status) => onFilter({ only: status === every ? undefined : status })}
      />
      <Select
        aria-label="Agent"
        className="max-w-56"
        value={filter.agent ?? every}
        options={[
          { value: every, label: 'Every agent' },
          ...named.map((name) => ({ value: name, label: name })),
        ]}
        onValue={(agent) => onFilter({ agent: agent === every ? undefined : agent })}
      />
      {isFilter(filter) && (
        <Button look="quiet" icon={FilterX} onClick={() => onFilter(noFilter)}>
          Clear filters
        </Button>
      )}
      <p role="status" className="tnum text-13 text-text-2">
        {isFilter(filter) && `${formatCount(found)} of ${formatCount(items.length)} steps`}
      </p>
      {children}
    </search>
  )
}
