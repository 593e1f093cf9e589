import type { EventOf } from '../event-of.ts'
import type { BornTask, Step } from '../task.ts'
import { partsBelow } from './parts-below.ts'
import { withoutParts } from './without-parts.ts'

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
