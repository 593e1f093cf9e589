import { AppError } from '@maestro/contracts/errors'
import { costOf, type Usage } from '@maestro/contracts/money/cost-of'
import { type NanoUsd, nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { PriceBook } from '../prices/price-book.ts'
import { type Amount, minus, nothing } from './amount.ts'
import type { Billed } from './booking.ts'
import type { Books } from './books.ts'
import type { Reservation } from './reservation.ts'

export type SettleOperation = {
  type: 'settle'
  attemptId: string
  model: string
  usage: Usage | null
  sentAt: Date
}
export type ReleaseOperation = { type: 'release'; attemptId: string }
export type ExpireOperation = { type: 'expire'; attemptId: string }

export type Settled = { costNanoUsd: NanoUsd; overrunNanoUsd: NanoUsd }

const answerOf = ({ cost, overrun }: Reservation): Settled => ({
  costNanoUsd: nanoUsd(cost.nanoUsd),
  overrunNanoUsd: nanoUsd(overrun.nanoUsd),
})

/** What of a cost lies beyond what still backs it: its holding, or what an estimate took over from it. */
const overrunOf = (cost: Amount, reservation: Reservation): Amount => {
  const bound =
    reservation.state === 'held' ? reservation.held : minus(reservation.cost, reservation.overrun)
  return {
    nanoUsd: Math.max(0, cost.nanoUsd - bound.nanoUsd),
    tokens: Math.max(0, cost.tokens - bound.tokens),
  }
}

/** Books a cost in place of what the reservation counted so far: its holding, an estimate, or nothing. */
const write = (
  reservation: Reservation,
  { cost, estimate }: Pick<Reservation, 'cost' | 'estimate'>,
  billed: Billed,
  books: Books,
): Settled => {
  const overrun = overrunOf(cost, reservation)
  const settled: Reservation = { ...reservation, cost, estimate, overrun, state: 'settled' }
  books.writeReservation(settled, billed)
  return answerOf(settled)
}

const writeEstimate = (
  reservation: Reservation,
  estimate: NonNullable<Reservation['estimate']>,
  model: string,
  books: Books,
): Settled =>
  write(
    reservation,
    { cost: reservation.held, estimate },
    { model, usage: null, pricedAsAnswered: false },
    books,
  )

/** Books what an attempt cost. A known cost stands for ever; it takes the place of an estimate. */
export const decideSettlement = (
  { attemptId, model, usage, sentAt }: SettleOperation,
  books: Books,
  prices: PriceBook,
): Settled | AppError => {
  const reservation = books.reservation(attemptId)
  if (reservation === undefined) return new AppError('NOT_FOUND', { kind: 'attempt', attemptId })
  const isKnown = reservation.state === 'settled' && reservation.estimate === null
  if (isKnown) return answerOf(reservation)
  if (usage === null) {
    return reservation.state === 'settled'
      ? answerOf(reservation)
      : writeEstimate(reservation, 'usage-unknown', model, books)
  }
  const answered = prices.priceAt(reservation.provider, model, sentAt)
  const cost = {
    nanoUsd: costOf(usage, answered?.rate ?? reservation.rate),
    tokens: usage.inputTokens + usage.outputTokens,
  }
  const billed = { model, usage, pricedAsAnswered: answered !== null }
  return write(reservation, { cost, estimate: null }, billed, books)
}

/** Frees what an attempt holds that was never sent. What somebody settled stays; what only ran out of time is taken back. */
export const decideRelease = ({ attemptId }: ReleaseOperation, books: Books): void => {
  const reservation = books.reservation(attemptId)
  if (reservation === undefined) {
    // The reservation may still be on its way: it must find that it comes too late.
    if (!books.isRevoked(attemptId)) books.revoke(attemptId)
    return
  }
  if (reservation.state === 'held') {
    books.writeReservation({ ...reservation, state: 'released' })
    return
  }
  if (reservation.state === 'settled' && reservation.estimate === 'lease-expired') {
    books.writeReservation({ ...reservation, state: 'released', cost: nothing, overrun: nothing })
  }
}

/** A lease that ran out without a word: the attempt may have been sent, so its holding is booked whole. */
export const decideExpiry = ({ attemptId }: ExpireOperation, books: Books): void => {
  const reservation = books.reservation(attemptId)
  if (reservation?.state !== 'held' || reservation.expiresAt > books.at) return
  writeEstimate(reservation, 'lease-expired', reservation.model, books)
}
