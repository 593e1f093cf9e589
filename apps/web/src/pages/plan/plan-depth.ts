import type { PlanStep } from '@maestro/contracts/task/plan-step'
import { columnsOf } from '../../graph/columns-of.ts'

/** How many steps have to come after each other, at least. */
export const planDepth = (steps: readonly Pick<PlanStep, 'stepId' | 'needs'>[]): number => {
  const links = steps.flatMap(({ stepId, needs }) =>
    needs.map((need) => ({ from: need, to: stepId })),
  )
  const columns = columnsOf(
    steps.map(({ stepId }) => stepId),
    links,
  )
  return steps.length === 0 ? 0 : Math.max(...columns.values()) + 1
}
