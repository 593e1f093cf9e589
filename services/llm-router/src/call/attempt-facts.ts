import type { AttemptFacts, CallFacts, FailureClass } from '@maestro/contracts/llm/call-facts'
import { noUsage } from '@maestro/contracts/money/cost-of'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { InFlight } from '../journal/call-record.ts'
import type { Candidate } from '../strategy/list-candidates.ts'

const reasonCharactersMax = 500

/** Fit for storage and for one line: no control characters, no half characters, bounded. */
export const oneLine = (text: string): string => {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  return line.length <= reasonCharactersMax
    ? line
    : `${line.slice(0, reasonCharactersMax - 1).toWellFormed()}…`
}

/** Not sent: nothing was spent. */
export const skippedAttempt = (
  attempt: number,
  { provider, model, keyId }: Pick<Candidate, 'provider' | 'model' | 'keyId'>,
  failureClass: FailureClass,
  reason: string,
): AttemptFacts => ({
  attempt,
  provider,
  model,
  keyId,
  outcome: 'skipped',
  failureClass,
  reason: oneLine(reason),
  latencyMs: 0,
  costNanoUsd: nanoUsd(0),
})

/** Its worker died while it was in flight: nobody can know whether it was answered, so it counts whole. */
export const lostAttempt = (
  { attempt, provider, model, keyId, sentAt, heldNanoUsd }: InFlight,
  nowMs: number,
): AttemptFacts => ({
  attempt,
  provider,
  model,
  keyId,
  outcome: 'lost',
  failureClass: null,
  reason: 'The worker that ran it ended before the answer came; it is counted at its estimate.',
  latencyMs: Math.max(nowMs - Date.parse(sentAt), 0),
  costNanoUsd: heldNanoUsd,
})

/** A call without an answer: what it cost all the same. */
export const factsOfFailure = (
  attempts: readonly AttemptFacts[],
  latencyMs: number,
): CallFacts => ({
  provider: null,
  model: null,
  usage: noUsage,
  costNanoUsd: costOfAll(attempts),
  latencyMs,
  firstTokenMs: null,
  attempts: [...attempts],
})

export const costOfAll = (attempts: readonly AttemptFacts[]) =>
  nanoUsd(attempts.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0))
