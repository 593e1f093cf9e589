import type { BornTask, Step } from './task.ts'

/**
 * A state without what its steps have done turn by turn: it grows with the plan, and not with the events.
 * Of calls those that run are left, of turns the last one of an attempt that goes on, which is all that
 * the fold reads of them. So an outline can be folded on like the whole: what comes of it has the outline
 * that the whole state has. A step that has nothing to leave out is the same object.
 */
export const outlineOf = (task: BornTask): BornTask => ({
  ...task,
  steps: Object.fromEntries(
    Object.entries<Step>(task.steps).map(([stepId, step]) => [stepId, outlineOfStep(step)]),
  ),
})

const outlineOfStep = (step: Step): Step => {
  const turns = step.phase === null ? [] : step.turns.slice(-1)
  const calls = step.calls.filter(({ status }) => status === 'running')
  const isOne = turns.length === step.turns.length && calls.length === step.calls.length
  if (isOne && step.answerBytesBefore === undefined) return step
  // What tools said in attempts before is counted from their turns, and would be wrong without them.
  const { answerBytesBefore: _counted, ...rest } = step
  return { ...rest, turns, calls }
}
