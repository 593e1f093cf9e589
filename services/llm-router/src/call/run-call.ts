import { setTimeout as sleep } from 'node:timers/promises'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import type { AnswerCache } from '../cache/answer-cache.ts'
import { reuseAnswer } from '../cache/reuse-answer.ts'
import { embeddingPlace } from '../embed/embedding-place.ts'
import type { OpenCall } from '../journal/call-record.ts'
import { leaseMs } from '../journal/leases.ts'
import type { RecoveryKeeper } from '../recovery/recovery-keeper.ts'
import { repairHint } from '../recovery/repair-hint.ts'
import { fitRequest } from '../models/fit-request.ts'
import type { Candidate } from '../strategy/list-candidates.ts'
import { nextAttempt } from '../strategy/next-attempt.ts'
import { describePrompt } from '../call-use/describe-prompt.ts'
import { type Admission, admit } from './admit.ts'
import { skippedAttempt } from './attempt-facts.ts'
import { type CandidatesPlace, openCandidates } from './call-candidates.ts'
import { withAttemptSpan } from './attempt-span.ts'
import {
  type CallEnd,
  type CallLedger,
  openCallLedger,
  type SettlementDesk,
  withAdvice,
} from './call-ledger.ts'
import { fetchMessages } from './fetch-messages.ts'
import { type AttemptOutcome, type AttemptPlace, makeAttempt } from './make-attempt.ts'
import { recordOutcome } from './record-outcome.ts'
import { messagesFor, type ReadText, type ResolvedMessage } from './resolve-messages.ts'
import { stopReasonOf } from './stop-reason.ts'
import { takeOver } from './take-over.ts'

// Invariants:
// 1. Nothing leaves for a provider before its reservation is held and its attempt is committed.
// 2. What an attempt came to is committed, with its settlement, before anything follows from it.
// 3. Every write carries the fence: a worker that lost the call finds out at its next write, and stops.
// 4. An attempt number is used once, also by a worker that died between reserving and sending.
// 5. Nobody asks a provider without having been admitted to it: a place there, and the trial while its breaker is open.

/** After half a lease without a word from the journal, a worker asks whether the call is still its own before it sends. */
const claimIsFreshMs = leaseMs / 2
/** How long a call waits for a place before it looks again who else could answer. */
const placeWaitMs = 1_000

export type RunCallPlace = AttemptPlace &
  CandidatesPlace & {
    readText: ReadText
    settlements: SettlementDesk
    cache: AnswerCache
    recovery: Pick<RecoveryKeeper, 'current'>
  }

/** Walks the strategy until there is an answer or nothing left to try. */
export const runCall = async (
  given: RunCallPlace,
  { work, open, signal }: { work: CallWork; open: OpenCall; signal: AbortSignal },
): Promise<CallEnd> => {
  const place = work.purpose === 'embed' ? embeddingPlace(given) : given
  const recovery = place.recovery.current()
  const { strategies } = recovery
  const ledger = openCallLedger(place, { work, open, recovery })
  const taken = await takeOver(place, { work, open, ledger, signal })
  if (taken !== null) return taken
  if (open.isCancelled) return ledger.fail('cancelled', 'The call was cancelled.')

  let messages: readonly ResolvedMessage[] | null = null
  if (work.cache !== undefined) {
    const reused = await reuseAnswer(place, { work, open, ledger, signal })
    if (reused.end !== null) return reused.end
    messages = reused.messages
  }
  const candidates = openCandidates(place, { work, ledger })
  let wasTurnedAway = false
  for (;;) {
    const stopped = await endIfStopped(ledger, signal)
    if (stopped !== null) return stopped
    const decision = nextAttempt({
      candidates: candidates.now(),
      attempts: ledger.attemptsOfAsk(),
      strategies,
      onIncomplete: work.onIncomplete,
      nowMs: Date.now(),
      deadlineMs: Date.parse(work.deadlineAt),
      random: Math.random,
    })
    if (decision.do === 'fail') return ledger.fail(decision.failureClass, decision.message)
    const { candidate } = decision
    if (decision.do === 'skip') {
      const { failureClass, reason } = decision
      ledger.add(skippedAttempt(ledger.nextNumber(), candidate, failureClass, reason))
      continue
    }
    // Busy from the decision on, so that calls that are decided together spread over the keys.
    const letGo = place.registry.hold(candidate)
    try {
      if (decision.waitMs > 0) {
        await sleep(decision.waitMs, undefined, { signal }).catch(() => {})
        if (signal.aborted) continue
      }
      if (messages === null) {
        const fetched = await fetchMessages(work, { readText: place.readText, signal })
        if (fetched.kind === 'stopped') continue
        if (fetched.kind === 'failed') {
          const { failureClass, reason } = fetched
          return ledger.fail(failureClass, withAdvice(failureClass, reason))
        }
        messages = fetched.messages
      }
      const asked = messages
      ledger.noteAsked(() => describePrompt(place, work, asked))
      const { repairs } = decision
      // The first time it does not wait: another provider may have a place.
      const waitMs = wasTurnedAway ? placeWaitMs : 0
      const admission = await admit(place, candidate, { signal, waitMs })
      wasTurnedAway = admission === null
      if (admission === null) {
        candidates.decideAnew()
        continue
      }
      const end = await attemptAt(place, {
        work,
        open,
        ledger,
        candidate,
        admission,
        messages,
        repairs,
        signal,
      })
      if (end !== null) return end
    } finally {
      letGo()
    }
  }
}

/** Null: it is not stopped. */
const endIfStopped = async (ledger: CallLedger, signal: AbortSignal): Promise<CallEnd | null> => {
  const reason = stopReasonOf(signal)
  if (reason === null) return null
  if (reason === 'lost') return { kind: 'left' }
  if (reason === 'stopping') return ledger.leave()
  return reason === 'cancelled'
    ? ledger.fail('cancelled', 'The call was cancelled.')
    : ledger.fail('deadline', withAdvice('deadline', 'The deadline passed before an answer came.'))
}

/** The claim itself says that this attempt may leave, as long as nobody else can have the call. */
const isMarkedBy = ({ fence, inFlight, claimedAtMs }: OpenCall, attempt: number): boolean =>
  fence === 1 && inFlight?.attempt === attempt && performance.now() - claimedAtMs < claimIsFreshMs

/** One try at one model, from the reservation to the journal. Null: the call goes on. */
const attemptAt = async (
  place: RunCallPlace,
  {
    work,
    open,
    ledger,
    candidate,
    admission,
    messages,
    repairs,
    signal,
  }: {
    work: CallWork
    open: OpenCall
    ledger: CallLedger
    candidate: Candidate
    admission: Admission
    messages: readonly ResolvedMessage[]
    repairs: string | null
    signal: AbortSignal
  },
): Promise<CallEnd | null> => {
  const { provider, model, keyId } = candidate
  const adapter = place.registry.adapterOf(provider, keyId)
  // It went away between the decision and now; the next decision sees that.
  if (adapter === null) {
    admission.end(null)
    return null
  }
  const { purpose, tools, outputSchema, outputTokensMax } = work
  const read = [
    ...messagesFor(messages, { provider, model }),
    ...(repairs === null ? [] : [repairHint(repairs, work)]),
  ]
  const fitted = fitRequest(
    { model, purpose, messages: read, tools, outputSchema, outputTokensMax },
    place.registry.boundsOf(provider, model),
  )
  if (!fitted.fits) {
    admission.end(null)
    ledger.add(skippedAttempt(ledger.nextNumber(), candidate, 'too_large', fitted.reason))
    return null
  }
  const { request } = fitted
  const attempt = ledger.nextNumber()
  const { fence } = open
  const isMarked = isMarkedBy(open, attempt)
  const earlier = ledger.attempts()
  let outcome: AttemptOutcome | null = null
  try {
    outcome = await withAttemptSpan({ provider, model, attempt, purpose }, () =>
      makeAttempt(place, {
        work,
        fence,
        attempt,
        isMarked,
        earlier,
        adapter,
        keyId,
        request,
        signal,
      }),
    )
  } finally {
    admission.end(outcome)
  }
  return recordOutcome(
    { ledger, settlements: place.settlements },
    { work, outcome, attempt, candidate, signal },
  )
}
