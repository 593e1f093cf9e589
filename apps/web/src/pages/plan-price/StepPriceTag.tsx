import type { StepId, TaskId } from '@maestro/contracts/ids'
import { useQuery } from '@tanstack/react-query'
import { planPriceQuery } from '../../api/plan-price.ts'
import { useApp } from '../../shell/app-context.ts'
import { basisWords, expectedWords, worstWords } from './price-words.ts'

type Props = { taskId: TaskId; version: number; stepId: StepId; withBasis?: boolean }

/** What one step of a plan costs. Nothing while that is not known: the price of the plan says why. */
export const StepPriceTag = ({ taskId, version, stepId, withBasis = false }: Props) => {
  const { http } = useApp()
  const { data } = useQuery(planPriceQuery(http, { taskId, version }))
  const price = data?.steps.find((step) => step.stepId === stepId)
  if (price === undefined) return null
  return (
    <p className="tnum text-13 text-text-2">
      expected {expectedWords(price)} ·{' '}
      {price.worstUsd === null ? 'no bound of its own' : `at worst ${worstWords(price)}`}
      {price.timesMax > 1 && `, at most ${price.timesMax} times`}
      {withBasis && <span className="block text-text-3">{basisWords[price.basis]}</span>}
    </p>
  )
}
