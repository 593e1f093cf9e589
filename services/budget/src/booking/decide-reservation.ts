import { AppError } from '@maestro/contracts/errors'
import type { Rate } from '@maestro/contracts/money/cost-of'
import { type NanoUsd, nanoUsd } from '@maestro/contracts/money/nano-usd'
import { errorOf, type Level, refusalOf } from '../budgets/level.ts'
import { type Amount, nothing } from './amount.ts'
import type { Books } from './books.ts'
import type { Attempt, Reservation } from './reservation.ts'

export type ReserveOperation = {
  type: 'reserve'
  attempt: Attempt
  taskLimitNanoUsd: NanoUsd | null
  /** The most that the attempt can cost. */
  holding: Amount
  leaseMs: number
}

export type Reserved = { heldNanoUsd: NanoUsd; rate: Rate }

/** Holds money on every level or on none. Asked again for an attempt that holds, it answers the same. */
export const decideReservation = (
  { attempt, taskLimitNanoUsd, holding, leaseMs }: ReserveOperation,
  books: Books,
): Reserved | AppError => {
  const existing = books.reservation(attempt.attemptId)
  if (existing !== undefined) return repeatedAnswer(existing, attempt)
  if (books.isRevoked(attempt.attemptId)) return attemptIsOver('released')

  // The newest limit holds, also when this request is refused. A limit that a task once had holds for
  // its later requests as well: leaving it out does not lift it.
  if (taskLimitNanoUsd !== null) books.bringLimit(attempt.taskId, taskLimitNanoUsd)
  const refusal = finalRefusal(books.levelsOver(attempt, books.at), holding, books)
  if (refusal !== null) return refusal

  books.writeReservation({
    ...attempt,
    held: holding,
    state: 'held',
    estimate: null,
    cost: nothing,
    overrun: nothing,
    reservedAt: books.at,
    expiresAt: new Date(books.at.getTime() + leaseMs),
  })
  return { heldNanoUsd: nanoUsd(holding.nanoUsd), rate: attempt.rate }
}

const codes = ['BUDGET_TOO_SMALL', 'BUDGET_EXHAUSTED', 'BUDGET_IN_FLIGHT']
const actions = ['refuse', 'ask']

/** Of several levels that refuse, the answer is the most final one: waiting for another, or asking somebody, would be in vain. */
const finalRefusal = (levels: readonly Level[], holding: Amount, books: Books): AppError | null => {
  const refusals = levels.flatMap((level) => {
    const refusal = refusalOf(level, holding)
    if (refusal === null) return []
    const isWarned = level.action === 'warn'
    if (isWarned || refusal.code === 'BUDGET_EXHAUSTED') books.noteWanting(level)
    return isWarned ? [] : [refusal]
  })
  refusals.sort(
    (a, b) =>
      codes.indexOf(a.code) - codes.indexOf(b.code) ||
      actions.indexOf(a.budget.action) - actions.indexOf(b.budget.action),
  )
  const [final] = refusals
  return final === undefined ? null : errorOf(final)
}

const repeatedAnswer = (existing: Reservation, attempt: Attempt): Reserved | AppError => {
  const isSame =
    existing.callId === attempt.callId &&
    existing.taskId === attempt.taskId &&
    existing.provider === attempt.provider &&
    existing.model === attempt.model
  if (!isSame) {
    return new AppError('INVALID_INPUT', {
      reason: 'this attempt id stands for another request',
      attemptId: attempt.attemptId,
    })
  }
  if (existing.state !== 'held') return attemptIsOver(existing.state)
  return { heldNanoUsd: nanoUsd(existing.held.nanoUsd), rate: existing.rate }
}

/** The answer is a permit to send. Money of an attempt that is over backs none: it needs a new attempt id. */
const attemptIsOver = (state: 'settled' | 'released') =>
  new AppError('INVALID_INPUT', {
    reason: 'this attempt is over; reserve for a new attempt id',
    state,
  })
