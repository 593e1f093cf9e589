import type { ApprovalId } from '@maestro/contracts/ids'
import type { TaskEventData } from '@maestro/contracts/task/task-events'
import { hasEnded } from '../execution/readiness-of.ts'
import type { Approval, BornTask, Step } from '../task.ts'

/** The pause knows that it was asked about. */
export const askedAboutMoney = (task: BornTask, approvalId: ApprovalId): BornTask =>
  task.pause === null ? task : { ...task, pause: { ...task.pause, approvalId } }

/** Whoever costs less answers what is still to come; whatever else was chosen is told by further events. */
export const toldAboutMoney = (
  task: BornTask,
  { strategy }: TaskEventData<'ApprovalDecided'>,
): BornTask => {
  if (strategy === undefined) return task
  const steps = Object.entries<Step>(task.steps).map(([stepId, step]): [string, Step] => [
    stepId,
    hasEnded(step) ? step : { ...step, strategy },
  ])
  return {
    ...task,
    drafting: { ...task.drafting, strategy },
    steps: Object.fromEntries(steps),
  }
}

/** What the limit is to be that a person wants raised; null: they said something else. */
export const raisedLimitOf = (
  { budget }: Pick<Approval, 'budget'>,
  { budget: answer }: TaskEventData<'ApprovalDecided'>,
): { budgetId: string; limit: number } | null => {
  const refused = budget?.refusal?.budget
  if (!refused || answer?.raiseBy === undefined) return null
  return { budgetId: refused.budgetId, limit: refused.limit + answer.raiseBy }
}
