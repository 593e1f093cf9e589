import { nameOfStep } from '@maestro/contracts/ids'
import type { SubPlan } from '@maestro/contracts/task/plan-step'
import type { BornTask, Step } from '../task.ts'

/** The plan that the step holds: its own, or, of what another one became, what that one's says. */
export const subPlanOf = (task: Pick<BornTask, 'steps'>, step: Step): SubPlan | undefined => {
  const { partOf } = step
  if (partOf === undefined) return step.subPlan
  const parent = task.steps[partOf.parentId]
  const plan = parent && subPlanOf(task, parent)
  if (partOf.isHeld !== true) return plan
  return plan?.steps.find(({ stepId }) => nameOfStep(stepId) === nameOfStep(step.stepId))?.subPlan
}
