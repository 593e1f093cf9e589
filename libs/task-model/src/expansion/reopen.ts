import { reasonMax, withdrawQuestions } from '../steering/withdraw-questions.ts'
import { goesOn, resetStep } from '../steering/reset-step.ts'
import type { EventOf } from '../event-of.ts'
import type { Recorder } from '../recorder.ts'
import type { BornTask, Step } from '../task.ts'
import { partsBelow } from './parts-below.ts'
import { runOf } from './run-of.ts'
import { withoutParts } from './without-parts.ts'

/** A step that became several goes on with what it became, as its next run. `kept`: how many of those stay. */
export type Reopening = { step: Step; kept: number }

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

/** Its effects, and the rounds to come, have the number of the new run: what was looked up before answers nothing. */
export const evolveReopened = (
  task: BornTask,
  { data: { stepId, attempt, kept } }: EventOf<'StepReopened'>,
): BornTask => {
  const stepIds = task.steps[stepId]?.expansion?.stepIds ?? []
  const gone = stepIds
    .slice(kept)
    .flatMap((id) => [...(task.steps[id] ? [task.steps[id]] : []), ...partsBelow(task, id)])
  const left = withoutParts(task, stepId, gone)
  const step = left.steps[stepId]
  if (!step) return task
  const { skipReason: _why, isLeftOut: _out, told: _told, ...whole } = step
  const running: Step = {
    ...whole,
    status: 'running',
    phase: null,
    attempt,
    output: null,
    failure: null,
    finishedAt: null,
    expansion: { phase: 'steps', stepIds: stepIds.slice(0, kept) },
  }
  return { ...left, steps: { ...left.steps, [stepId]: running } }
}
