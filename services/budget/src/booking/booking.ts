import type { Usage } from '@maestro/contracts/money/cost-of'
import { type Amount, minus, nothing } from './amount.ts'
import { countedBy, type Reservation } from './reservation.ts'

/**
 * A line of the ledger: what one decision moved between the accounts of every level that the attempt
 * counts on. There are three: `reserved`, `settled`, and `free`, which is what is left of the limit and
 * moves by the same amount the other way. So each line adds up to nothing, and on each level the sums
 * of its lines are its counters.
 */
export type Booking = {
  /** As it is after this line. */
  readonly reservation: Reservation
  readonly kind: 'reserved' | 'settled' | 'estimated' | 'released' | 'corrected'
  readonly reserved: Amount
  readonly settled: Amount
  /** What of `settled` nothing was held for. A correction may take it back. */
  readonly overrun: Amount
} & Billed

/** What the provider said of an attempt. */
export type Billed = {
  /** The model that answered, or the one asked for where no answer is known. */
  readonly model: string
  readonly usage: Usage | null
  readonly pricedAsAnswered: boolean
}

const kindOf = (before: Reservation | undefined, after: Reservation): Booking['kind'] => {
  if (before === undefined) return 'reserved'
  if (before.state === 'settled') return 'corrected'
  if (after.state === 'released') return 'released'
  return after.estimate === null ? 'settled' : 'estimated'
}

/** The line that takes a reservation from what it counted to what it counts now. */
export const bookingOf = (
  before: Reservation | undefined,
  after: Reservation,
  billed: Billed,
): Booking => {
  const from = countedBy(before)
  const to = countedBy(after)
  return {
    reservation: after,
    kind: kindOf(before, after),
    reserved: minus(to.reserved, from.reserved),
    settled: minus(to.settled, from.settled),
    overrun: minus(after.overrun, before?.overrun ?? nothing),
    ...billed,
  }
}
