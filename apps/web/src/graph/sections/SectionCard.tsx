import type { StepStatus } from '@maestro/contracts/task/task-status'
import { UnfoldHorizontal } from 'lucide-react'
import { formatPlural } from '../../ui/format-count.ts'
import { stepStatusLook } from '../../ui/status-look.ts'
import { StatusMark } from '../../ui/StatusMark.tsx'
import type { CardProps } from '../StepNode.tsx'
import type { SectionOf } from '../to-graph.ts'

type Props = CardProps & { section: SectionOf }

const statuses = Object.keys(stepStatusLook) as StepStatus[]

/** Several steps as one card: how many there are of each status. Pressed, it shows them one by one. */
export const SectionCard = ({ node, section, isSelected, isDimmed }: Props) => (
  <div
    className="step-card section-card"
    data-status={node.status}
    data-selected={isSelected}
    data-dimmed={isDimmed}
    data-section
  >
    <p className="flex h-[18px] items-center gap-1.5">
      <StatusMark look={stepStatusLook[node.status]} iconOnly still />
      <span dir="auto" className="min-w-0 grow truncate text-13 font-semibold">
        {section.title}
      </span>
      <UnfoldHorizontal aria-hidden size={13} className="shrink-0 text-text-3" />
    </p>
    <p className="tnum text-12 text-text-3">{formatPlural(section.stepIds.length, 'step')}</p>
    <ul className="tnum mt-1 flex flex-wrap gap-x-3 gap-y-0.5 text-12">
      {statuses.flatMap((status) => {
        const count = section.counts[status] ?? 0
        if (count === 0) return []
        const { label, icon: Icon, tone } = stepStatusLook[status]
        return [
          <li key={status} title={label} className={`flex items-center gap-1 ${tone}`}>
            <Icon role="img" aria-label={label} size={12} />
            {count}
          </li>,
        ]
      })}
    </ul>
  </div>
)
