import type { Recorder } from '../recorder.ts'
import type { Step } from '../task.ts'
import { judgeBoundOf } from './judge-bound.ts'
import { askJudge } from './judge-first.ts'

const reasonMax = 1_000

/** The judge's answer is repaired once; then its step goes on without a verdict. True when it does. */
export const advanceJudging = (step: Step, recorder: Recorder): boolean => {
  const { stepId, judging } = step
  if (judging === undefined) return false
  const { callId, attempt, turn, about, output, ask } = judging
  const call = step.calls.findLast((made) => made.callId === callId)
  if (call === undefined || call.status === 'running') return false
  const { problem, failure, incomplete } = call
  if (problem !== null && ask === 1 && judgeBoundOf(recorder.task()) === null) {
    askJudge(step, { turn, output, ask: 2, repair: problem }, recorder)
    return false
  }
  const reason = problem ?? failure?.message ?? incomplete?.message ?? 'nothing came'
  recorder.record({
    type: 'ResultJudged',
    data: {
      stepId,
      attempt,
      turn,
      callId,
      about,
      verdict: 'none',
      concern: 'other',
      words: '',
      reason: reason.slice(0, reasonMax),
    },
  })
  return true
}
