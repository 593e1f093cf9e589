import { AppError } from '@maestro/contracts/errors'
import { costOf, type Usage } from '@maestro/contracts/money/cost-of'
import { type NanoUsd, nanoUsd, noMoney } from '@maestro/contracts/money/nano-usd'
import type { PriceBook } from '../prices/price-book.ts'
import { type Booking, purposeOf } from './booking.ts'
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

const answerOf = ({ costNanoUsd, overrunNanoUsd }: Reservation): Settled => ({
  costNanoUsd,
  overrunNanoUsd,
})

/** Books a cost in place of what the reservation counted so far: its holding, an estimate, or nothing. */
const write = (
  reservation: Reservation,
  next: Pick<Reservation, 'costNanoUsd' | 'overrunNanoUsd' | 'estimate'>,
  line: Pick<Booking, 'model' | 'usage' | 'pricedAsAnswered'>,
  books: Books,
): Settled => {
  const wasSettled = reservation.state === 'settled'
  const settled: Reservation = { ...reservation, ...next, state: 'settled' }
  books.writeReservation(settled)
  books.book({
    attempt: reservation,
    purpose: purposeOf(reservation.callId),
    kind: wasSettled ? 'corrected' : next.estimate === null ? 'settled' : 'estimated',
    amountNanoUsd: next.costNanoUsd - (wasSettled ? reservation.costNanoUsd : 0),
    overrunNanoUsd: next.overrunNanoUsd,
    ...line,
  })
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
    // What was released holds nothing any more, so a bill that comes after all is beyond the bound.
    {
      costNanoUsd: reservation.heldNanoUsd,
      overrunNanoUsd: reservation.state === 'released' ? reservation.heldNanoUsd : noMoney,
      estimate,
    },
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
  const costNanoUsd = costOf(usage, answered?.rate ?? reservation.rate)
  const bound = reservation.state === 'released' ? noMoney : reservation.heldNanoUsd
  return write(
    reservation,
    {
      costNanoUsd,
      overrunNanoUsd: nanoUsd(Math.max(0, costNanoUsd - bound)),
      estimate: null,
    },
    { model, usage, pricedAsAnswered: answered !== null },
    books,
  )
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
    books.writeReservation({ ...reservation, state: 'released', costNanoUsd: noMoney })
    books.book({
      attempt: reservation,
      purpose: purposeOf(reservation.callId),
      model: reservation.model,
      kind: 'corrected',
      amountNanoUsd: 0 - reservation.costNanoUsd,
      overrunNanoUsd: noMoney,
      usage: null,
      pricedAsAnswered: false,
    })
  }
}

/** A lease that ran out without a word: the attempt may have been sent, so its holding is booked whole. */
export const decideExpiry = ({ attemptId }: ExpireOperation, books: Books): void => {
  const reservation = books.reservation(attemptId)
  if (reservation?.state !== 'held' || reservation.expiresAt > books.at) return
  writeEstimate(reservation, 'lease-expired', reservation.model, books)
}
