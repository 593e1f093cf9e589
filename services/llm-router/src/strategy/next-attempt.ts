import { attemptsMax } from '@maestro/contracts/llm/call-bounds'
import type { AttemptFacts, FailureClass } from '@maestro/contracts/llm/call-facts'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import type { RecoveryStrategies, RecoveryStrategy } from '@maestro/contracts/llm/recovery-strategy'
import { describeFailures } from './describe-failures.ts'
import { fullJitter } from './full-jitter.ts'
import type { Candidate } from './list-candidates.ts'

export type Decision =
  | {
      do: 'send'
      candidate: Candidate
      waitMs: number
      /** What was wrong with this model's last answer, which it is told; null: nothing. */
      repairs: string | null
    }
  | { do: 'skip'; candidate: Candidate; failureClass: FailureClass; reason: string }
  | { do: 'fail'; failureClass: FailureClass; message: string }

/** All calls wait for the same moment; they come back spread over this time. */
const comeBackSpreadMs = 200

type Situation = {
  candidates: readonly Candidate[]
  /** Of this ask, in order. */
  attempts: readonly AttemptFacts[]
  strategies: RecoveryStrategies
  /** What the asker wants after an answer that broke off; else the strategy of its class says. */
  onIncomplete?: CallWork['onIncomplete']
  nowMs: number
  deadlineMs: number
  random: () => number
}

/** What a call does next, from what has happened to it so far. No clock and no chance of its own. */
export const nextAttempt = (situation: Situation): Decision => {
  const { candidates, attempts } = situation
  if (!isInTime(situation, 0)) {
    return fail(situation, 'deadline', 'The deadline passed before a provider answered')
  }
  const sent = attempts.filter((attempt) => attempt.outcome !== 'skipped')
  if (sent.length >= attemptsMax) {
    const failureClass = sent.at(-1)?.failureClass ?? 'internal'
    return fail(situation, failureClass, `Gave up after ${attemptsMax} attempts`)
  }
  for (const candidate of candidates) {
    const decision = decideFor(candidate, situation)
    if (decision !== null) return decision
  }
  return waitForTheFirst(situation) ?? fail(situation, classOfAll(attempts), 'No provider answered')
}

const isInTime = ({ nowMs, deadlineMs }: Situation, waitMs: number) => nowMs + waitMs < deadlineMs

const fail = (
  { attempts }: Situation,
  failureClass: FailureClass,
  what = 'No provider answered',
): Decision => ({
  do: 'fail',
  failureClass,
  message: describeFailures({ what, attempts, failureClass }),
})

/** Null: this candidate has had its chances. */
const decideFor = (candidate: Candidate, situation: Situation): Decision | null => {
  const { attempts, nowMs } = situation
  const mine = attempts.filter((attempt) => countsAgainst(candidate, attempt))
  if (mine.some(({ outcome }) => outcome === 'skipped')) return null
  // A lost attempt says nothing about the provider: its worker died.
  const failures = mine.filter(({ outcome }) => outcome === 'failed')
  const last = failures.at(-1)
  if (last !== undefined) return tryAgain(candidate, last, failures.length, situation)

  const { condition } = candidate
  if (condition.state === 'off') {
    return { do: 'skip', candidate, failureClass: 'no_provider', reason: condition.reason }
  }
  if (condition.state === 'ready' || condition.untilMs <= nowMs) {
    return { do: 'send', candidate, waitMs: 0, repairs: null }
  }
  const waitMs = msUntilBack(condition.untilMs, situation)
  if (waitMs <= worthWaitingMs(situation) && isInTime(situation, waitMs)) {
    return { do: 'send', candidate, waitMs, repairs: null }
  }
  const failureClass = condition.isBroken === true ? 'overloaded' : 'rate_limited'
  return { do: 'skip', candidate, failureClass, reason: condition.reason }
}

/** A refused or limited key says nothing about the provider's other keys. */
const countsAgainst = (candidate: Candidate, attempt: AttemptFacts): boolean => {
  if (attempt.provider !== candidate.provider) return false
  const isOfKey = attempt.failureClass === 'auth' || attempt.failureClass === 'rate_limited'
  return !isOfKey || (attempt.keyId ?? null) === candidate.keyId
}

/** What follows at a provider that has failed this call before. Null: the next one. */
const tryAgain = (
  candidate: Candidate,
  last: AttemptFacts,
  failures: number,
  situation: Situation,
): Decision | null => {
  const { nowMs, random } = situation
  const { condition } = candidate
  const strategy = strategyAfter(last, situation)
  if (strategy.do === 'fall-back') return null
  const { failureClass } = last
  // Whoever is to be asked hears of it at the end of the call.
  if (strategy.do === 'fail' || strategy.do === 'ask')
    return fail(situation, failureClass ?? 'internal')
  const giveUp =
    strategy.afterwards === 'fall-back' ? null : fail(situation, failureClass ?? 'internal')
  if (failures >= strategy.triesMax || condition.state === 'off') return giveUp

  const repairs = strategy.do === 'repair' ? last.reason : null
  const again = (waitMs: number): Decision | null =>
    isInTime(situation, waitMs) ? { do: 'send', candidate, waitMs, repairs } : giveUp
  if (condition.state === 'cooling' && condition.untilMs > nowMs) {
    // Its own refusal is on record already; only a wait that others caused needs a word.
    const waitMs = msUntilBack(condition.untilMs, situation)
    return waitMs <= worthWaitingMs(situation) ? again(waitMs) : giveUp
  }
  return again(strategy.do === 'retry' ? fullJitter(failures, strategy, random) : 0)
}

const strategyAfter = (
  { failureClass, afterContent }: AttemptFacts,
  { strategies, onIncomplete }: Situation,
): RecoveryStrategy =>
  onIncomplete === 'fall-back' && afterContent === true
    ? { do: 'fall-back' }
    : strategies[failureClass ?? 'internal']

/** Whether the provider may do better after its last failure, as far as that failure's strategy goes. */
const hasTriesLeft = (last: AttemptFacts, failures: number, situation: Situation): boolean => {
  const strategy = strategyAfter(last, situation)
  return 'triesMax' in strategy && failures < strategy.triesMax
}

const msUntilBack = (untilMs: number, { nowMs, random }: Situation): number =>
  Math.max(untilMs - nowMs, 0) + Math.round(random() * comeBackSpreadMs)

/** For a provider that cools down, while others are left. */
const worthWaitingMs = ({ strategies: { rate_limited: limited } }: Situation): number =>
  limited.do === 'wait' ? limited.waitMsMax : 0

/** When nobody else is left, a provider that says when it is back is waited for. */
const waitForTheFirst = (situation: Situation): Decision | null => {
  const { candidates, attempts, strategies } = situation
  const limited = strategies.rate_limited
  if (limited.do !== 'wait') return null
  let first: { candidate: Candidate; waitMs: number } | null = null
  for (const candidate of candidates) {
    const { condition } = candidate
    if (condition.state !== 'cooling') continue
    const refusals = attempts.filter(
      (attempt) => attempt.outcome === 'failed' && countsAgainst(candidate, attempt),
    )
    const waitMs = msUntilBack(condition.untilMs, situation)
    const last = refusals.at(-1)
    if (last !== undefined && !hasTriesLeft(last, refusals.length, situation)) continue
    if (waitMs > limited.lastResortWaitMsMax || !isInTime(situation, waitMs)) continue
    if (first === null || waitMs < first.waitMs) first = { candidate, waitMs }
  }
  return first === null ? null : { do: 'send', repairs: null, ...first }
}

/** The class that says most about why nobody answered: a real failure before a skip, a wait before an absence. */
const classOfAll = (attempts: readonly AttemptFacts[]): FailureClass => {
  const failed = attempts.findLast(({ outcome }) => outcome === 'failed')?.failureClass
  if (failed !== undefined && failed !== null) return failed
  const skipped = attempts.map(({ failureClass }) => failureClass)
  if (skipped.includes('rate_limited')) return 'rate_limited'
  if (skipped.includes('overloaded')) return 'overloaded'
  if (skipped.includes('budget')) return 'budget'
  return skipped.includes('too_large') ? 'too_large' : 'no_provider'
}
