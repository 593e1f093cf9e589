import type { Recorder } from '../recorder.ts'
import { goesOn, resetStep } from '../steering/reset-step.ts'
import { reasonMax, withdrawQuestions } from '../steering/withdraw-questions.ts'
import { partsBelow } from './parts-below.ts'
import type { Reopening } from './reopening.ts'
import { runOf } from './run-of.ts'

/** What is asked about the step itself is no question any more; of what is left behind, whatever goes on is stopped. */
export const reopen = ({ step, kept }: Reopening, reason: string, recorder: Recorder): void => {
  const { task, record } = recorder
  const { stepId } = step
  for (const id of task().steps[stepId]?.expansion?.stepIds.slice(kept) ?? []) {
    const part = task().steps[id]
    if (part !== undefined && [part, ...partsBelow(task(), id)].some(goesOn))
      resetStep(part, { because: 'rerun', reason }, recorder)
  }
  const words = `a part of it runs again: ${reason}`
  withdrawQuestions([stepId], words.slice(0, reasonMax), recorder)
  record({ type: 'StepReopened', data: { stepId, attempt: runOf(step) + 1, kept, reason } })
}
