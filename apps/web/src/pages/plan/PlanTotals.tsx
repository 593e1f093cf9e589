import type { PlanVersion } from '@maestro/task-model/task'
import { useQuery } from '@tanstack/react-query'
import { planPriceQuery } from '../../api/plan-price.ts'
import { useApp } from '../../shell/app-context.ts'
import { formatCount } from '../../ui/format-count.ts'
import { expectedWords } from '../plan-price/price-words.ts'
import { useTaskSession } from '../task/task-context.ts'
import { planDepth } from './plan-depth.ts'

type Props = { plan: PlanVersion; before: PlanVersion | undefined }

/** The two versions in numbers: now, and what it was. */
export const PlanTotals = ({ plan, before }: Props) => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const price = useQuery(planPriceQuery(http, { taskId, version: plan.version }))
  const earlier = useQuery({
    ...planPriceQuery(http, { taskId, version: before?.version ?? plan.version }),
    enabled: before !== undefined,
  })
  const figures = [
    { name: 'Steps', now: formatCount(plan.steps.length), was: before?.steps.length },
    { name: 'Agents', now: formatCount(plan.agents.length), was: before?.agents.length },
    {
      name: 'Longest way',
      now: `${planDepth(plan.steps)} steps`,
      was: before && `${planDepth(before.steps)} steps`,
    },
    {
      name: 'Expected',
      now: price.data ? expectedWords(price.data.team) : price.isError ? 'not known' : '…',
      was: before && earlier.data && expectedWords(earlier.data.team),
    },
  ]
  return (
    <dl className="tnum flex flex-wrap gap-x-10 gap-y-2 border-b border-line px-4 py-3">
      {figures.map(({ name, now, was }) => (
        <div key={name}>
          <dt className="text-12 text-text-3">{name}</dt>
          <dd className="text-16 font-semibold">
            {now}
            {was !== undefined && String(was) !== now && (
              <span className="ml-2 text-13 font-normal text-text-2">was {was}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
