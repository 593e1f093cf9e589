import type { TaskId } from '@maestro/contracts/ids'
import { useQuery } from '@tanstack/react-query'
import { planPriceQuery } from '../../api/plan-price.ts'
import { messageOf } from '../../api/request-id.ts'
import { useApp } from '../../shell/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { formatPlural } from '../../ui/format-count.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { basisWords, expectedWords, worstWords } from './price-words.ts'

type Props = { taskId: TaskId; version: number }

const cell = 'py-0.5 pr-4 text-right font-normal'

/** What a version of the plan costs, and what one agent would: a team has to be worth its price. */
export const PriceBesideOneAgent = ({ taskId, version }: Props) => {
  const { http } = useApp()
  const { data, error, refetch } = useQuery(planPriceQuery(http, { taskId, version }))
  if (error !== null && data === undefined)
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 text-13 text-text-2">
        The price is not known now: {messageOf(error)}
        <Button size="small" onClick={() => void refetch()}>
          Try again
        </Button>
      </p>
    )
  if (data === undefined)
    return (
      <div role="status" aria-label="Loading the price" className="flex h-[72px] flex-col gap-2">
        <Skeleton className="h-3 w-56" />
        <Skeleton className="h-3 w-72" />
      </div>
    )
  const { team, oneAgent, steps } = data
  const repeated = steps.some(({ timesMax }) => timesMax > 1)
  return (
    <div>
      <table className="tnum text-13">
        <caption className="sr-only">Price of version {version} beside that of one agent</caption>
        <thead className="text-text-3">
          <tr>
            <td />
            <th scope="col" className={cell}>
              Expected
            </th>
            <th scope="col" className={cell}>
              At worst
            </th>
          </tr>
        </thead>
        <tbody>
          <tr className="font-medium">
            <th scope="row" className="py-0.5 pr-6 text-left font-medium">
              This plan, {formatPlural(steps.length, 'step')}
            </th>
            <td className={cell}>{expectedWords(team)}</td>
            <td className={cell}>{worstWords(team)}</td>
          </tr>
          <tr className="text-text-2">
            <th scope="row" className="py-0.5 pr-6 text-left font-normal">
              One agent, 1 step
            </th>
            <td className={cell}>{expectedWords(oneAgent)}</td>
            <td className={cell}>{worstWords(oneAgent)}</td>
          </tr>
        </tbody>
      </table>
      <p className="mt-1 text-12 text-text-3">
        As prices are now. One agent: {basisWords[oneAgent.basis]}.
        {repeated &&
          ' What runs for each item or again is expected once, and at worst as often as it may.'}
      </p>
    </div>
  )
}
