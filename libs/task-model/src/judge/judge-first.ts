import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { reachedTurns } from '../limits/reached-cap.ts'
import type { Recorder } from '../recorder.ts'
import type { Step, Turn } from '../task.ts'
import { actOnJudgement } from './act-on-judgement.ts'
import { judgeBoundOf } from './judge-bound.ts'
import { judgementOf } from './judgement-of.ts'

/**
 * Has the judge look at a turn before the step goes on with it. `output`: what would be delivered; null
 * where the agent thinks again. True when the step waits for the judge, or has gone another way.
 */
export const judgeFirst = (
  step: Step,
  turn: Turn,
  output: PayloadRef | null,
  recorder: Recorder,
): boolean => {
  const judgement = judgementOf(step, turn)
  if (judgement !== null) return actOnJudgement(step, turn, judgement, recorder)
  const { options, judgeUse } = recorder.task()
  if (options.judge === undefined || judgeUse?.isStopped === true) return false
  if (output === null && !isDue(step, turn, options.judge.turnsBetween, recorder)) return false
  const bound = judgeBoundOf(recorder.task())
  if (bound !== null) {
    recorder.record({ type: 'JudgeStopped', data: bound })
    return false
  }
  askJudge(step, { turn: turn.turn, output, ask: 1, repair: null }, recorder)
  return true
}

export const askJudge = (
  { stepId, attempt }: Step,
  asked: { turn: number; output: PayloadRef | null; ask: number; repair: string | null },
  { record }: Recorder,
): void => {
  const about = asked.output === null ? ('turns' as const) : ('delivery' as const)
  record({ type: 'JudgementAsked', data: { stepId, attempt, about, ...asked } })
}

/** After so many turns, unless code has found something already, or no turn is left that could be told. */
const isDue = (step: Step, { turn }: Turn, turnsBetween: number, { task }: Recorder): boolean => {
  const { judging, attempt, observation } = step
  const judged = judging?.attempt === attempt ? judging.turn : 0
  if (turn - judged < turnsBetween || (observation?.remark ?? null) !== null) return false
  return reachedTurns(step, task()) === null
}
