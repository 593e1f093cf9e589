import { setTimeout as sleep } from 'node:timers/promises'
import { findReservation } from '@maestro/contracts/budget/budget-endpoints'
import { AppError } from '@maestro/contracts/errors'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import type { Call } from '@maestro/service-kit/call'
import { isOutage } from '@maestro/service-kit/wire-error'
import type { InFlight, OpenCall } from '../journal/call-record.ts'
import type { Settlement } from '../settle/settlement.ts'
import { lostAttempt } from './attempt-facts.ts'
import type { CallEnd, CallLedger } from './call-ledger.ts'

/** Few calls are ever taken over, so that asking often is no load. */
const askAgainMs = 250

/**
 * Clears up what an earlier owner left. Its attempt in flight cannot be decided: it is booked at its
 * estimate, counted and shown as lost. If none was in flight, it may have died between reserving and
 * sending: that number is passed over, and its reservation freed. While budget is away it waits, so
 * that nobody has to wait for the lease of this worker as well. Null: the call can go on.
 * @throws {AppError} `UNAVAILABLE` when budget has to be asked and is away until the deadline.
 */
export const takeOver = async (
  { call }: { call: Call },
  {
    work: { callId, deadlineAt },
    open,
    ledger,
    signal,
  }: { work: CallWork; open: OpenCall; ledger: CallLedger; signal: AbortSignal },
): Promise<CallEnd | null> => {
  if (open.fence === 1) return null
  const left = open.inFlight
  if (left !== null && 'provider' in left) return ledger.goOn(lose(left, { callId, ledger }))
  const attempt = ledger.nextNumber()
  const attemptId = `${callId}.${attempt}`
  const sentAt = open.startedAt.toISOString()
  const reserved =
    left === null ? null : await reservationOf(call, { attemptId, deadlineAt, signal })
  if (reserved !== null) {
    return ledger.goOn(lose({ ...reserved, attempt, keyId: null, sentAt }, { callId, ledger }))
  }
  return ledger.goOn({ attemptId, callId, kind: 'release', model: 'none', usage: null, sentAt })
}

/** Its settlement at the estimate. */
const lose = (
  inFlight: InFlight,
  { callId, ledger }: { callId: CallWork['callId']; ledger: CallLedger },
): Settlement => {
  const { attempt, model, sentAt } = inFlight
  ledger.add(lostAttempt(inFlight, Date.now()))
  return { attemptId: `${callId}.${attempt}`, callId, kind: 'settle', model, usage: null, sentAt }
}

/** Null: there is none, so nothing was sent. One that is on its way still is refused once it is released. */
const reservationOf = async (
  call: Call,
  { attemptId, deadlineAt, signal }: { attemptId: string; deadlineAt: string; signal: AbortSignal },
): Promise<Pick<InFlight, 'provider' | 'model' | 'heldNanoUsd'> | null> => {
  for (;;) {
    try {
      return await call(findReservation, { attemptId })
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return null
      const isOver = signal.aborted || Date.now() + askAgainMs >= Date.parse(deadlineAt)
      if (!isOutage(error) || isOver) throw error
      await sleep(askAgainMs, undefined, { signal }).catch(() => {})
    }
  }
}
