import type { Recorder } from '../recorder.ts'
import type { CommandOf } from '../task-command.ts'

export const answerCondition = (
  { stepId, holds, problem }: CommandOf<'AnswerCondition'>,
  { task, record }: Recorder,
): void => {
  const step = task().steps[stepId]
  // A second answer, or one that comes after the end, changes nothing.
  if (step?.condition !== 'asked' || task().stage !== 'execution') return
  record({ type: 'ConditionEvaluated', data: { stepId, holds, problem } })
  if (problem !== null) {
    const reason = `its condition could not be evaluated: ${problem}`
    record({ type: 'StepFailed', data: { stepId, attempt: 1, reason } })
  } else if (!holds) {
    const reason = `its condition does not hold: ${step.when}`
    record({ type: 'StepSkipped', data: { stepId, reason } })
  }
}
