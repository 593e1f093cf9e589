import type { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import type { KeyId } from '@maestro/contracts/llm/key-id'
import type { AttemptFacts } from '@maestro/contracts/llm/call-facts'
import { costOf, noUsage, type Rate } from '@maestro/contracts/money/cost-of'
import type { NanoUsd } from '@maestro/contracts/money/nano-usd'
import type { Call } from '@maestro/service-kit/call'
import type { Logger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import type { CallJournal } from '../journal/call-journal.ts'
import { openLiveText } from '../live/live-publisher.ts'
import type { ChatRequest, ChatResult, ProviderAdapter } from '../providers/provider-adapter.ts'
import type { ProviderFailure } from '../providers/provider-failure.ts'
import type { Settlement } from '../settle/settlement.ts'
import { failureRules } from '../strategy/failure-rules.ts'
import { askProvider } from './ask-provider.ts'
import { wasNeverSent } from './never-sent.ts'
import { reserve } from './reserve.ts'

/** A reservation outlives the deadline by this, so that its settlement comes before its sweep. */
const leaseMarginMs = 30_000
const leaseMsMax = 3_600_000

/** What one try at one model came to, with what budget has to hear of it. */
export type AttemptOutcome =
  | {
      kind: 'answered'
      result: ChatResult
      firstTokenMs: number | null
      latencyMs: number
      costNanoUsd: NanoUsd
      settlement: Settlement
    }
  | {
      kind: 'failed'
      failure: ProviderFailure
      latencyMs: number
      costNanoUsd: NanoUsd
      settlement: Settlement
    }
  | {
      kind: 'refused'
      by: 'price' | 'budget' | 'defect'
      reason: string
      refusal: BudgetRefusal | null
    }
  /** Stopped or out of time before it was sent. */
  | {
      kind: 'unsent'
      isCancelled: boolean
      reason: string
      /** Why budget held nothing until the deadline; null when it was stopped for another reason. */
      refusal: BudgetRefusal | null
      settlement: Settlement
    }
  /** Another worker owns the call; nothing was sent. */
  | { kind: 'lost'; settlement: Settlement }

export type AttemptPlace = {
  call: Call
  nats: NatsConnection
  journal: CallJournal
  log: Logger
}

/** Reserve, write down that it leaves, send, hear the answer (I5, I6). Never throws for what a provider does. */
export const makeAttempt = async (
  { call, nats, journal, log }: AttemptPlace,
  {
    work,
    fence,
    attempt,
    isMarked,
    earlier,
    adapter,
    keyId,
    request,
    signal,
  }: {
    work: CallWork
    fence: number
    /** Its number; used once in the life of the call. */
    attempt: number
    /** The journal says already that it leaves. */
    isMarked: boolean
    earlier: readonly AttemptFacts[]
    adapter: ProviderAdapter
    keyId: KeyId | null
    request: ChatRequest
    signal: AbortSignal
  },
): Promise<AttemptOutcome> => {
  const { callId, taskId, userId, agentId, stepId, purpose, taskLimitNanoUsd } = work
  const deadlineMs = Date.parse(work.deadlineAt)
  const attemptId = `${callId}.${attempt}`
  const { provider } = adapter
  const { model, outputTokensMax } = request
  const settlementOf = (
    kind: Settlement['kind'],
    facts: Partial<Pick<Settlement, 'usage' | 'model' | 'sentAt'>> = {},
  ): Settlement => ({
    attemptId,
    callId,
    kind,
    model,
    usage: null,
    sentAt: new Date().toISOString(),
    ...facts,
  })

  const reservation = await reserve({
    call,
    request: {
      attemptId,
      callId,
      taskId,
      userId,
      agentId,
      stepId,
      purpose,
      taskLimitNanoUsd,
      provider,
      model,
      inputBytes: bytesOf(request),
      outputTokensMax,
      leaseMs: Math.min(Math.max(deadlineMs - Date.now(), 1_000) + leaseMarginMs, leaseMsMax),
    },
    signal,
    deadlineMs,
  })
  if (reservation.kind === 'refused') return reservation
  const release = settlementOf('release')
  const unsent = (
    isCancelled: boolean,
    reason: string,
    refusal: BudgetRefusal | null = null,
  ): AttemptOutcome => ({
    kind: 'unsent',
    isCancelled,
    reason,
    refusal,
    settlement: release,
  })
  if (reservation.kind === 'gave-up') return unsent(false, reservation.reason, reservation.refusal)
  if (signal.aborted) return unsent(false, 'It was stopped before it was sent.')

  const { rate, heldNanoUsd } = reservation
  const sentAt = new Date().toISOString()
  if (!isMarked) {
    const written = await journal.write({
      callId,
      fence,
      state: 'running',
      attempt,
      inFlight: { attempt, provider, model, keyId, sentAt, heldNanoUsd },
      attempts: earlier,
      settlement: null,
      reports: [],
    })
    if (written === 'lost') return { kind: 'lost', settlement: release }
    // A mark that was set before this commit is seen here; one that comes later aborts the signal.
    if (written === 'cancelled') return unsent(true, 'It was cancelled before it was sent.')
  }
  if (signal.aborted) return unsent(false, 'It was stopped before it was sent.')

  const sentAtMs = performance.now()
  const live = openLiveText({ nats, work, attempt })
  const reply = await askProvider({ adapter, request, live, signal, log })
  const latencyMs = Math.round(performance.now() - sentAtMs)
  if (reply.kind === 'failed') {
    const { failure } = reply
    const { usage, costNanoUsd } = costOfFailure(failure, { rate, heldNanoUsd })
    const settlement =
      usage === 'free'
        ? settlementOf('release', { sentAt })
        : settlementOf('settle', { usage, sentAt })
    return { kind: 'failed', failure, latencyMs, costNanoUsd, settlement }
  }
  const { result, firstTokenMs } = reply
  return {
    kind: 'answered',
    result,
    firstTokenMs,
    latencyMs,
    costNanoUsd: costOf(result.usage, rate),
    settlement: settlementOf('settle', { usage: result.usage, model: result.model, sentAt }),
  }
}

/** What is known is booked; what cannot have run is free; everything else counts whole. */
const costOfFailure = (
  failure: ProviderFailure,
  { rate, heldNanoUsd }: { rate: Rate; heldNanoUsd: NanoUsd },
): { usage: Settlement['usage'] | 'free'; costNanoUsd: NanoUsd } => {
  if (failure.usage !== null)
    return { usage: failure.usage, costNanoUsd: costOf(failure.usage, rate) }
  const isFree = failureRules[failure.failureClass].isFree || wasNeverSent(failure)
  if (isFree && !failure.afterContent) return { usage: 'free', costNanoUsd: costOf(noUsage, rate) }
  return { usage: null, costNanoUsd: heldNanoUsd }
}

/** An upper bound of what the model reads: a token is at least one byte, and JSON only adds bytes. */
const bytesOf = ({ messages, tools, outputSchema }: ChatRequest): number =>
  Buffer.byteLength(JSON.stringify({ messages, tools, outputSchema }))
