import { stepsOfTaskMax } from '@maestro/contracts/task/expansion'
import { limitsOf } from '../limits/limits-of.ts'
import type { Recorder } from '../recorder.ts'
import type { BornTask, Step } from '../task.ts'
import { subPlanOf } from './sub-plan-of.ts'

/** It works in steps that it becomes, and has no turns of its own. */
export const becomesSeveral = (step: Step, task: BornTask): boolean =>
  step.forEach !== undefined || step.repeat !== undefined || subPlanOf(task, step) !== undefined

/** The step's turn has come: its list is asked for, its first round begins, or its plan. */
export const beginExpansion = (step: Step, recorder: Recorder): void => {
  const { stepId } = step
  const attempt = step.attempt + 1
  if (step.forEach !== undefined) recorder.record({ type: 'ListAsked', data: { stepId, attempt } })
  else if (step.repeat !== undefined) startRound(step, recorder)
  else startSubPlan(step, recorder)
}

/** Makes the step's first or next round, if the task has room for it. */
export const startRound = (step: Step, recorder: Recorder): void => {
  const { stepId, expansion } = step
  const attempt = expansion === undefined ? step.attempt + 1 : Math.max(1, step.attempt)
  const round = (expansion?.stepIds.length ?? 0) + 1
  const { fanOutMax } = limitsOf(recorder.task())
  if (round > fanOutMax) {
    const reason = `it was to begin round ${round}; this task lets a step become ${fanOutMax} at most`
    recorder.record({ type: 'StepFailed', data: { stepId, attempt, reason } })
    return
  }
  if (!hasRoom(step, attempt, 1, recorder)) return
  recorder.record({ type: 'RoundStarted', data: { stepId, attempt, round } })
}

const startSubPlan = (step: Step, recorder: Recorder): void => {
  const { stepId } = step
  const attempt = step.attempt + 1
  const count = subPlanOf(recorder.task(), step)?.steps.length ?? 0
  if (!hasRoom(step, attempt, count, recorder)) return
  recorder.record({ type: 'SubPlanStarted', data: { stepId, attempt } })
}

/** A task is loaded and folded as a whole: what would make it too large fails. */
const hasRoom = (
  { stepId }: Step,
  attempt: number,
  count: number,
  { task, record }: Recorder,
): boolean => {
  const { length } = task().order
  if (length + count <= stepsOfTaskMax) return true
  const reason =
    length >= stepsOfTaskMax
      ? `the task has ${stepsOfTaskMax} steps already, which is the most that it may have`
      : `with ${count} more the task had ${length + count} steps; there may be ${stepsOfTaskMax}`
  record({ type: 'StepFailed', data: { stepId, attempt, reason } })
  return false
}
