import type { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import type { Recorder } from '../recorder.ts'
import type { BornTask } from '../task.ts'
import type { CommandOf } from '../task-command.ts'

/** Goes on where money ran out, if that may help now; anything else is left as it is. A pause that a person wants is theirs to end. */
export const resumeWithBudget = (
  { because }: CommandOf<'ResumeWithBudget'>,
  recorder: Recorder,
): void => {
  if (mayHelp(because, recorder)) recorder.record({ type: 'TaskResumed', data: {} })
}

const mayHelp = (
  because: CommandOf<'ResumeWithBudget'>['because'],
  { task, at }: Recorder,
): boolean => {
  const refusal = refusalOf(task())
  if (refusal === null) return false
  if (because.kind === 'window') return refusal.until !== null && refusal.until <= at
  const { budgetId, limit } = because
  if (refusal.budget?.budgetId !== budgetId) return false
  // A limit that is not higher than the one that refused would refuse again.
  return limit === null || limit > refusal.budget.limit
}

/** Why a task waits for money; null when it does not, or when only a person can know what helps. */
export const refusalOf = ({
  stage,
  pause,
}: Pick<BornTask, 'stage' | 'pause'>): BudgetRefusal | null =>
  stage === 'ended' ? null : (pause?.refusal ?? null)
