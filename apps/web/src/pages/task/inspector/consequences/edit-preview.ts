import { AppError } from '@maestro/contracts/errors'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import { type PartChange, planDiff } from '@maestro/task-model/plan/plan-diff'
import { reachedFrom } from '@maestro/task-model/plan/reached-from'
import { applyEdits } from '@maestro/task-model/surgery/apply-edits'
import { checkEdited } from '@maestro/task-model/surgery/check-edited'
import { presentShape, presentVersion } from '@maestro/task-model/surgery/plan-shape'
import type { BornTask, Step } from '@maestro/task-model/task'
import type { StepWish } from '../step-edits.ts'
import { planEditsOf } from './plan-edits-of.ts'

export type EditPreview = {
  readonly changes: readonly PartChange<PlanStep>[]
  /** Come after what changes, and read what becomes of it. */
  readonly later: readonly PlanStep[]
  /** Whose output the result of the task is from then on; null: as before. */
  readonly newResult: PlanStep | null
}

/** What a change of the plan means, by the rules that the engine goes by; or why they do not allow it. */
export const editPreview = (
  wish: StepWish,
  step: Step,
  task: BornTask,
): EditPreview | { readonly refusal: string } | null => {
  const version = presentVersion(task)
  if (version === undefined) return null
  const before = presentShape(task, version)
  const edits = planEditsOf(wish, step, task)
  try {
    const after = applyEdits(before, edits)
    checkEdited(before, after, { task, tools: [], edits })
    const { steps: changes } = planDiff(before, after)
    const moved = after.resultStepId !== before.resultStepId
    return {
      changes,
      later: laterThan(changes, after.steps),
      newResult: (moved && after.steps.find((one) => one.stepId === after.resultStepId)) || null,
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { reason } = error.details
    return { refusal: typeof reason === 'string' ? reason : error.message }
  }
}

const laterThan = (
  changes: readonly PartChange<PlanStep>[],
  steps: readonly PlanStep[],
): readonly PlanStep[] => {
  const changed = new Set(changes.map(({ part }) => part.stepId))
  const reached = reachedFrom(changed, (id) =>
    steps.flatMap(({ stepId, needs }) => (needs.includes(id) ? [stepId] : [])),
  )
  return steps.filter(({ stepId }) => reached.has(stepId) && !changed.has(stepId))
}
