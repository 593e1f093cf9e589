import { type NanoUsd, nanoUsd, nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import type { BornTask, Step } from '@maestro/task-model/task'
import { useQuery } from '@tanstack/react-query'
import { planPriceQuery } from '../../../../api/plan-price.ts'
import { useApp } from '../../../../shell/app-context.ts'

/** What an attempt of a step is expected to cost: by the price of the plan, else by what it has cost so far; null: nobody knows. */
export const useExpectedCosts = ({
  taskId,
  planVersion,
}: BornTask): ((step: Step) => NanoUsd | null) => {
  const { http } = useApp()
  const { data } = useQuery({
    ...planPriceQuery(http, { taskId, version: planVersion ?? 1 }),
    enabled: planVersion !== null,
  })
  const prices = new Map(data?.steps.map(({ stepId, expectedUsd }) => [stepId, expectedUsd]))
  return (step) => {
    const text = prices.get(step.stepId) ?? null
    if (text !== null) return nanoUsdFromText(text)
    return step.attempt === 0 ? null : nanoUsd(Math.ceil(step.costNanoUsd / step.attempt))
  }
}
