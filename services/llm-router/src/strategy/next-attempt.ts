import type { AttemptFacts, FailureClass } from '@maestro/contracts/llm/call-facts'
import { fullJitter } from './full-jitter.ts'
import { describeFailures } from './describe-failures.ts'
import { failureRules } from './failure-rules.ts'
import type { Candidate } from './list-candidates.ts'

export type Decision =
  | { do: 'send'; candidate: Candidate; waitMs: number }
  | { do: 'skip'; candidate: Candidate; failureClass: FailureClass; reason: string }
  | { do: 'fail'; failureClass: FailureClass; message: string }

/** Attempts that leave for a provider, per ask: enough for two at each provider and two lost workers. */
export const attemptsMax = 8
/** Longer than this the next provider is the faster answer. */
const worthWaitingMsMax = 2_000
/** When nobody else is left, a provider that says when it is back is waited for. */
const lastResortWaitMsMax = 60_000
/** All calls wait for the same moment; they come back spread over this time. */
const comeBackSpreadMs = 200
/** Times that one provider may tell the same call to wait. */
const rateLimitsPerProviderMax = 3
const triesPerProviderMax = 2

/** What a call does next, from what has happened to it so far. No clock and no chance of its own. */
export const nextAttempt = ({
  candidates,
  attempts,
  nowMs,
  deadlineMs,
  random,
}: {
  candidates: readonly Candidate[]
  /** Of this ask, in order. */
  attempts: readonly AttemptFacts[]
  nowMs: number
  deadlineMs: number
  random: () => number
}): Decision => {
  const fail = (failureClass: FailureClass, what: string): Decision => ({
    do: 'fail',
    failureClass,
    message: describeFailures({ what, attempts, failureClass }),
  })
  const isInTime = (waitMs: number) => nowMs + waitMs < deadlineMs
  if (!isInTime(0)) return fail('deadline', 'The deadline passed before a provider answered')
  const sent = attempts.filter((attempt) => attempt.outcome !== 'skipped')
  if (sent.length >= attemptsMax) {
    return fail(lastClass(sent) ?? 'internal', `Gave up after ${attemptsMax} attempts`)
  }

  for (const candidate of candidates) {
    const decision = decideFor(candidate, attempts, { nowMs, isInTime, random })
    if (decision !== null) return decision
  }
  return (
    waitForTheFirst(candidates, attempts, { nowMs, isInTime, random }) ??
    fail(classOfAll(attempts), 'No provider answered')
  )
}

type Clock = { nowMs: number; isInTime: (waitMs: number) => boolean; random: () => number }

/** Null: this candidate has had its chances. */
const decideFor = (
  candidate: Candidate,
  attempts: readonly AttemptFacts[],
  { nowMs, isInTime, random }: Clock,
): Decision | null => {
  const mine = attempts.filter((attempt) => countsAgainst(candidate, attempt))
  if (mine.some(({ outcome }) => outcome === 'skipped')) return null
  // A lost attempt says nothing about the provider: its worker died.
  const failures = mine.filter(({ outcome }) => outcome === 'failed')
  const last = lastClass(failures)
  const { condition } = candidate

  if (last !== null) {
    const { sameProvider } = failureRules[last]
    const triesMax = sameProvider === 'cooled' ? rateLimitsPerProviderMax : triesPerProviderMax
    if (sameProvider === 'never' || failures.length >= triesMax || condition.state === 'off')
      return null
  }
  if (condition.state === 'off') {
    return { do: 'skip', candidate, failureClass: 'no_provider', reason: condition.reason }
  }
  if (condition.state === 'cooling' && condition.untilMs > nowMs) {
    const waitMs = condition.untilMs - nowMs + Math.round(random() * comeBackSpreadMs)
    if (waitMs <= worthWaitingMsMax && isInTime(waitMs)) return { do: 'send', candidate, waitMs }
    // Its own refusal is on record already; only a wait that others caused needs a word.
    if (last !== null) return null
    return { do: 'skip', candidate, failureClass: 'rate_limited', reason: condition.reason }
  }
  if (last === null) return { do: 'send', candidate, waitMs: 0 }
  const waitMs = last === 'rate_limited' ? 0 : fullJitter(failures.length, random)
  return isInTime(waitMs) ? { do: 'send', candidate, waitMs } : null
}

/** A refused or limited key says nothing about the provider's other keys. */
const countsAgainst = (candidate: Candidate, attempt: AttemptFacts): boolean => {
  if (attempt.provider !== candidate.provider) return false
  const isOfKey = attempt.failureClass === 'auth' || attempt.failureClass === 'rate_limited'
  return !isOfKey || attempt.keyId === candidate.keyId
}

const waitForTheFirst = (
  candidates: readonly Candidate[],
  attempts: readonly AttemptFacts[],
  { nowMs, isInTime, random }: Clock,
): Decision | null => {
  const spreadMs = Math.round(random() * comeBackSpreadMs)
  let first: { candidate: Candidate; waitMs: number } | null = null
  for (const candidate of candidates) {
    const { condition } = candidate
    if (condition.state !== 'cooling') continue
    const refusals = attempts.filter(
      (attempt) => attempt.outcome === 'failed' && countsAgainst(candidate, attempt),
    )
    const waitMs = Math.max(condition.untilMs - nowMs, 0) + spreadMs
    if (refusals.length >= rateLimitsPerProviderMax) continue
    if (refusals.some(({ failureClass }) => failureClass !== 'rate_limited')) continue
    if (waitMs > lastResortWaitMsMax || !isInTime(waitMs)) continue
    if (first === null || waitMs < first.waitMs) first = { candidate, waitMs }
  }
  return first === null ? null : { do: 'send', ...first }
}

const lastClass = (attempts: readonly AttemptFacts[]): FailureClass | null =>
  attempts.at(-1)?.failureClass ?? null

/** The class that says most about why nobody answered: a real failure before a skip, a wait before an absence. */
const classOfAll = (attempts: readonly AttemptFacts[]): FailureClass => {
  const failed = lastClass(attempts.filter(({ outcome }) => outcome === 'failed'))
  if (failed !== null) return failed
  const skipped = attempts.map(({ failureClass }) => failureClass)
  if (skipped.includes('rate_limited')) return 'rate_limited'
  return skipped.includes('budget') ? 'budget' : 'no_provider'
}
