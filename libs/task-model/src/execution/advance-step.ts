import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { ReachedLimit } from '@maestro/contracts/task/step-caps'
import { askPerson } from '../approval/ask-person.ts'
import { cutAtLimit } from '../calls/cut-at-limit.ts'
import { limitReason } from '../limits/limit-reason.ts'
import { reachedCap, reachedTurns, turnsMaxOf } from '../limits/reached-cap.ts'
import { deliverRefined, offerOutput, refineFurther } from '../refinement/advance-refinement.ts'
import { advanceJudging } from '../judge/advance-judging.ts'
import { judgeFirst } from '../judge/judge-first.ts'
import { judgementOf } from '../judge/judgement-of.ts'
import { observeStep, retryElsewhere } from '../observer/observe-step.ts'
import type { Recorder } from '../recorder.ts'
import { retryAtOf } from '../steering/retry-at.ts'
import type { CallRecord, Step, Turn } from '../task.ts'
import { callTools, goOnAsAnswered, isMisfitAgain } from './use-tools.ts'

/** What a running step does next, if it waits for nothing. */
export const advanceStep = (step: Step, recorder: Recorder): void => {
  if (step.phase === 'backoff') {
    endBackoff(step, recorder)
    return
  }
  const turn = step.turns.at(-1)
  if (!turn) return
  switch (step.phase) {
    case 'answered':
      if (turn.refine !== undefined) return refineFurther(step, recorder)
      return turn.toolUses.length > 0 ? begin(step, turn, recorder) : deliver(step, turn, recorder)
    case 'incomplete':
      return endIncomplete(step, turn, recorder)
    case 'tools':
      return observe(step, turn, recorder)
    case 'refused':
      return repair(step, turn, recorder)
    case 'judging':
      return advanceJudging(step, recorder) ? advanceNow(step, recorder) : undefined
    case 'call-failed':
      return retryCall(step, turn, recorder)
    default:
      return
  }
}

/** Uses that were refused at once leave nothing to wait for. */
const begin = (step: Step, turn: Turn, recorder: Recorder): void => {
  callTools(step, turn, recorder)
  observeNow(step, recorder)
}

const observeNow = ({ stepId }: Step, recorder: Recorder): void => {
  const now = recorder.task().steps[stepId]
  const turn = now?.turns.at(-1)
  if (now && turn) observe(now, turn, recorder)
}

/** All tools of the turn have answered: deliver, or think again. */
const observe = (step: Step, turn: Turn, recorder: Recorder): void => {
  if (turn.toolUses.some(({ status, verdict }) => status === 'asked' && verdict !== undefined)) {
    goOnAsAnswered(step, turn, recorder)
    observeNow(step, recorder)
    return
  }
  if (turn.toolUses.some(({ status }) => status === 'running' || status === 'asked')) return
  const last = turn.toolUses.at(-1)
  if (step.promise.from === 'tool' && turn.toolUses.every(({ ok }) => ok) && last?.result) {
    if (last.unfit !== undefined) return refuse(step, turn, last.unfit, recorder)
    if (hearFirst(step, turn, recorder)) return
    if (!judgeFirst(step, turn, last.result, recorder)) finish(step, last.result, recorder)
    return
  }
  if (endAtCap(step, recorder)) return
  const misfit = turn.toolUses.find((use) => use.misfit !== undefined)?.misfit
  if (misfit !== undefined && isMisfitAgain(step)) {
    fail(step, `a tool call broke its schema again after being told: ${misfit.reason}`, recorder)
    return
  }
  if (observeStep(step, turn, turnsMaxOf(step, recorder.task()), recorder)) return
  const seen = recorder.task().steps[step.stepId] ?? step
  if (!judgeFirst(seen, turn, null, recorder)) think(step, turn, null, recorder)
}

/** Only a part of the answer came. What the step's policy does not say is done as if nothing had come. */
const endIncomplete = (step: Step, turn: Turn, recorder: Recorder): void => {
  const { stepId, attempt } = step
  // Part of a judgement is no output.
  const onIncomplete = turn.refine === undefined ? step.onIncomplete : undefined
  const call = step.calls.findLast(({ callId }) => callId === turn.callId)
  const { text = null, incomplete } = call ?? {}
  if (onIncomplete === 'accept' && incomplete?.isUsable === true && text !== null) {
    const data = { stepId, attempt, output: text, isIncomplete: true } as const
    recorder.record({ type: 'StepFinished', data })
  } else if (onIncomplete === 'fail') {
    const reason = incomplete?.message ?? cutAtLimit
    recorder.record({ type: 'StepFailed', data: { stepId, attempt, reason } })
  } else if (incomplete?.reason === 'output-limit') {
    refuse(step, turn, cutAtLimit, recorder)
  } else if (call?.ask !== undefined) {
    goOnAsTold(step, turn, call, recorder)
  } else {
    fail(step, incomplete?.message ?? 'the answer broke off', recorder)
  }
}

const repair = (step: Step, turn: Turn, recorder: Recorder): void => {
  const problem = step.calls.findLast(({ callId }) => callId === turn.callId)?.problem ?? ''
  if (turn.repair === null) {
    think(step, turn, problem, recorder)
    return
  }
  const reason = `the answer could not be used, also after one repair: ${problem}`
  if (deliverRefined(step, reason, recorder)) return
  if (endAtCap(step, recorder, reason) || retryElsewhere(step, turn, reason, recorder)) return
  fail(step, reason, recorder)
}

const retryCall = (step: Step, turn: Turn, recorder: Recorder): void => {
  const call = step.calls.findLast(({ callId }) => callId === turn.callId)
  const failure = call?.failure
  // It was paused for money and goes on: the same question again.
  if (failure?.class === 'budget') think(step, turn, turn.repair, recorder)
  else if (call?.ask !== undefined) goOnAsTold(step, turn, call, recorder)
  else fail(step, failure?.message ?? 'the model could not be asked', recorder)
}

/** A person says how it goes on; until then the step waits. */
const goOnAsTold = (step: Step, turn: Turn, call: CallRecord, recorder: Recorder): void => {
  const { stepId, attempt, title } = step
  switch (call.ask?.decision ?? null) {
    case null:
      askPerson(call, { who: `Step "${title}"`, stepId }, recorder)
      return
    case 'accept':
      deliverJudged(step, recorder)
      return
    case 'skip': {
      const reason = `a person left it out after ${whyAsked(step, turn, call) ?? 'a failure'}`
      recorder.record({ type: 'StepSkipped', data: { stepId, reason } })
      return
    }
    case 'fail': {
      const reason = whyAsked(step, turn, call) ?? 'a person gave it up'
      recorder.record({ type: 'StepFailed', data: { stepId, attempt, reason } })
      return
    }
    default:
      // What was judged is not judged again as it is: its agent goes on.
      think(step, judgementOf(step, turn) === null ? turn : plainly(turn), turn.repair, recorder)
  }
}

const whyAsked = (step: Step, turn: Turn, { failure, incomplete }: CallRecord) =>
  failure?.message ?? incomplete?.message ?? judgementOf(step, turn)?.reason

const plainly = ({ refine: _refine, ...turn }: Turn): Turn => turn

/** A person takes what the judge was in doubt about. */
const deliverJudged = (step: Step, recorder: Recorder): void => {
  if (deliverRefined(step, 'a person took it', recorder)) return
  const output = step.judging?.output
  if (output) finish(step, output, recorder)
}

const think = (
  step: Step,
  { turn, refine }: Turn,
  repairOf: string | null,
  recorder: Recorder,
): void => {
  const { stepId, attempt } = step
  if (endAtCap(step, recorder)) return
  const limit = reachedTurns(step, recorder.task())
  if (limit !== null) {
    fail(step, limitReason(limit), recorder, limit)
    return
  }
  recorder.record({
    type: 'TurnStarted',
    data: {
      stepId,
      attempt,
      turn: turn + 1,
      repair: repairOf,
      ...(refine !== undefined && { refine }),
    },
  })
}

/** The answer calls no tool: its text is the output, unless the promise asks for something else. */
const deliver = (step: Step, turn: Turn, recorder: Recorder): void => {
  const { promise } = step
  if (promise.from === 'answer' && turn.text !== null) {
    if (!hearFirst(step, turn, recorder)) offerOutput(step, turn, turn.text, recorder)
    return
  }
  const problem =
    promise.from === 'tool'
      ? 'the output has to be what a tool answers, and the last turn called none that delivered it'
      : 'the answer is empty'
  refuse(step, turn, problem, recorder)
}

const refuse = ({ stepId }: Step, { callId }: Turn, problem: string, recorder: Recorder): void => {
  recorder.record({ type: 'AnswerRefused', data: { callId, purpose: 'step', stepId, problem } })
  advanceNow({ stepId }, recorder)
}

const advanceNow = ({ stepId }: Pick<Step, 'stepId'>, recorder: Recorder): void => {
  const now = recorder.task().steps[stepId]
  if (now) advanceStep(now, recorder)
}

const finish = ({ stepId, attempt }: Step, output: PayloadRef, { record }: Recorder): void =>
  record({ type: 'StepFinished', data: { stepId, attempt, output } })

/** What a person said meanwhile is heard before anything is delivered, if there is a turn left for it. True when the agent thinks again. */
const hearFirst = (step: Step, turn: Turn, recorder: Recorder): boolean => {
  const { guidance = [] } = step
  const { task, at } = recorder
  if (guidance.length <= (turn.told?.step ?? 0)) return false
  if (reachedTurns(step, task()) !== null || reachedCap(step, task(), at) !== null) return false
  think(step, turn, null, recorder)
  return true
}

const fail = (step: Step, reason: string, recorder: Recorder, limit?: ReachedLimit): void => {
  const { stepId, attempt, retriesMax, attemptsBefore = 0 } = step
  if (deliverRefined(step, reason, recorder)) return
  const tries = attempt - attemptsBefore
  if (tries <= retriesMax) {
    if (endAtCap(step, recorder, reason)) return
    const dueAt = retryAtOf({ taskId: recorder.task().taskId, stepId, attempt, tries }, recorder.at)
    recorder.record({ type: 'StepRetried', data: { stepId, attempt, reason, dueAt } })
    return
  }
  const data = { stepId, attempt, reason, ...(limit !== undefined && { limit }) }
  recorder.record({ type: 'StepFailed', data })
}

/** The next attempt starts when its time has come, or when a person lets it through. */
const endBackoff = ({ stepId, attempt, retryAt }: Step, { record, task, at }: Recorder): void => {
  const isDue = retryAt === undefined || Date.parse(retryAt) <= Date.parse(at)
  if (!isDue && !task().steppedIds.includes(stepId)) return
  record({ type: 'StepStarted', data: { stepId, attempt: attempt + 1 } })
}

/** A cap that holds over all attempts leaves nothing to try. True when it ended the step. */
const endAtCap = (step: Step, recorder: Recorder, after?: string): boolean => {
  const { task, record, at } = recorder
  const { stepId, attempt } = step
  const limit = reachedCap(step, task(), at)
  if (limit === null) return false
  const reason = `${after === undefined ? '' : `${after}; then `}${limitReason(limit)}`
  if (deliverRefined(step, reason, recorder)) return true
  record({ type: 'StepFailed', data: { stepId, attempt, reason, limit } })
  return true
}
