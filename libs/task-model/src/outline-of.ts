import type { BornTask, Step } from './task.ts'

/**
 * A state without what its steps have done turn by turn: it grows with the plan, and not with the events.
 * Of calls those that run are left, of turns the last one of an attempt that goes on, which is all that
 * the fold reads of them. So an outline can be folded on like the whole: what comes of it has the outline
 * that the whole state has.
 */
export const outlineOf = (task: BornTask): BornTask => ({
  ...task,
  steps: Object.fromEntries(
    Object.entries<Step>(task.steps).map(([stepId, step]) => [stepId, outlineOfStep(step)]),
  ),
})

/** What tools said in attempts before is counted from their turns, and would be wrong without them. */
const outlineOfStep = ({ answerBytesBefore: _counted, ...step }: Step): Step => ({
  ...step,
  turns: step.phase === null ? [] : step.turns.slice(-1),
  calls: step.calls.filter(({ status }) => status === 'running'),
})
