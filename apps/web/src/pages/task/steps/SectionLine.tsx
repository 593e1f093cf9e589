import type { StepStatus } from '@maestro/contracts/task/task-status'
import { ChevronRight } from 'lucide-react'
import { classes } from '../../../ui/classes.ts'
import { formatPlural } from '../../../ui/format-count.ts'
import { stepStatusLook } from '../../../ui/status-look.ts'
import { stepRowPx } from './StepLine.tsx'
import type { SectionRow } from './step-rows.ts'

type Props = {
  row: SectionRow
  top: number
  rowIndex: number
  /** It is closed, and the selected step is one of its. */
  isSelected: boolean
  isStop: boolean
  onFocus: () => void
  onFold: (isOpen: boolean) => void
}

const statuses = Object.keys(stepStatusLook) as StepStatus[]

/** Several steps of a large plan as one row, with how many of them have which status. */
export const SectionLine = ({ row, top, rowIndex, isSelected, isStop, ...on }: Props) => (
  <div
    role="row"
    tabIndex={isStop ? 0 : -1}
    aria-rowindex={rowIndex}
    aria-level={row.level}
    aria-posinset={row.place}
    aria-setsize={row.places}
    aria-expanded={row.isOpen}
    aria-selected={isSelected}
    onFocus={on.onFocus}
    onClick={() => on.onFold(!row.isOpen)}
    className={classes(
      'absolute inset-x-0 flex cursor-pointer items-center gap-3 border-b border-line px-4 text-13 focus-visible:-outline-offset-2 focus-visible:outline-accent',
      isSelected ? 'bg-accent-soft' : 'bg-surface hover:bg-sunken',
    )}
    style={{ top, height: stepRowPx }}
  >
    <span role="gridcell" aria-colspan={8} className="flex min-w-0 items-center gap-3">
      <ChevronRight
        aria-hidden
        size={16}
        className={classes(
          'shrink-0 text-text-3 transition-transform duration-[120ms]',
          row.isOpen && 'rotate-90',
        )}
      />
      <span className="min-w-0 truncate text-14 font-semibold">{row.title}</span>
      <span className="tnum shrink-0 text-text-3">{formatPlural(row.stepIds.length, 'step')}</span>
      <span className="tnum flex min-w-0 flex-wrap items-center gap-x-3 text-12">
        {statuses.flatMap((status) => {
          const count = row.counts[status] ?? 0
          if (count === 0) return []
          const { label, icon: Icon, tone } = stepStatusLook[status]
          return [
            <span key={status} title={label} className={`flex items-center gap-1 ${tone}`}>
              <Icon role="img" aria-label={label} size={12} />
              {count}
            </span>,
          ]
        })}
      </span>
    </span>
  </div>
)
