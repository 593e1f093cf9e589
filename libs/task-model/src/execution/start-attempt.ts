import type { Recorder } from '../recorder.ts'
import type { Step } from '../task.ts'

/** Gives the present attempt up and begins the next one. */
export const startAttempt = (
  { stepId, attempt }: Step,
  reason: string,
  { record }: Recorder,
): void => {
  record({ type: 'StepRetried', data: { stepId, attempt, reason } })
  record({ type: 'StepStarted', data: { stepId, attempt: attempt + 1 } })
}
