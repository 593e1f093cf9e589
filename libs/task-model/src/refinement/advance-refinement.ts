import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { RefinementEnd } from '@maestro/contracts/task/step-mode'
import { limitReason } from '../limits/limit-reason.ts'
import { reachedCap, reachedTurns } from '../limits/reached-cap.ts'
import { judgeFirst } from '../judge/judge-first.ts'
import { judgementOf } from '../judge/judgement-of.ts'
import type { Recorder } from '../recorder.ts'
import type { Step, Turn } from '../task.ts'
import { nextRefinement } from './next-refinement.ts'

/** What the step's agent delivered: the output, or the first version of it. */
export const offerOutput = (
  step: Step,
  asked: Turn,
  output: PayloadRef,
  recorder: Recorder,
): void => {
  const { stepId, attempt, agentId, mode } = step
  const { turn } = asked
  if (mode === undefined || mode.kind === 'single') {
    if (judgeFirst(step, asked, output, recorder)) return
    recorder.record({ type: 'StepFinished', data: { stepId, attempt, output } })
    return
  }
  // It is a version already.
  if (judgementOf(step, asked) !== null) {
    refineFurther(step, recorder)
    return
  }
  const version = (step.refinement?.version ?? 0) + 1
  recorder.record({
    type: 'OutputProposed',
    data: { stepId, attempt, turn, version, agentId, output },
  })
  const offered = recorder.task().steps[stepId]
  if (offered) refineFurther(offered, recorder)
}

/** Asks whoever has to judge the newest version, or delivers it. */
export const refineFurther = (step: Step, recorder: Recorder): void => {
  const { stepId, attempt, mode, refinement, turns } = step
  const last = turns.at(-1)
  if (!mode || mode.kind === 'single' || !refinement || !last) return
  const next = nextRefinement(step, mode, refinement)
  if ('ended' in next) {
    if (judgeFirst(step, last, refinement.output, recorder)) return
    deliver(step, next.ended, undefined, recorder)
    return
  }
  const limit =
    reachedCap(step, recorder.task(), recorder.at) ?? reachedTurns(step, recorder.task())
  if (limit !== null) {
    deliver(step, 'stopped', limitReason(limit), recorder)
    return
  }
  const data = { stepId, attempt, turn: last.turn + 1, repair: null, refine: next.ask }
  recorder.record({ type: 'TurnStarted', data })
}

/** A refinement that cannot go on leaves the version that it has: it is paid for, and the best there is. True when there is one. */
export const deliverRefined = (step: Step, reason: string, recorder: Recorder): boolean => {
  if (!step.refinement) return false
  deliver(step, 'stopped', reason, recorder)
  return true
}

const deliver = (
  { stepId, attempt, refinement }: Step,
  ended: RefinementEnd,
  reason: string | undefined,
  { record }: Recorder,
): void => {
  if (!refinement) return
  const { version, round, output } = refinement
  const why = { version, round, ended, ...(reason !== undefined && { reason }) }
  record({ type: 'StepFinished', data: { stepId, attempt, output, refinement: why } })
}
