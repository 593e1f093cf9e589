import type { PriceBook } from '../prices/price-book.ts'
import type { Books } from './books.ts'
import { decideReservation, type ReserveOperation } from './decide-reservation.ts'
import {
  decideExpiry,
  decideRelease,
  decideSettlement,
  type ExpireOperation,
  type ReleaseOperation,
  type SettleOperation,
} from './decide-settlement.ts'

export type Operation = ReserveOperation | SettleOperation | ReleaseOperation | ExpireOperation

export const attemptIdOf = (operation: Operation): string =>
  operation.type === 'reserve' ? operation.attempt.attemptId : operation.attemptId

/** The answer to an operation, or the error that it is refused with. */
export const decide = (operation: Operation, books: Books, prices: PriceBook): unknown => {
  switch (operation.type) {
    case 'reserve':
      return decideReservation(operation, books)
    case 'settle':
      return decideSettlement(operation, books, prices)
    case 'release':
      return decideRelease(operation, books)
    case 'expire':
      return decideExpiry(operation, books)
    default:
      return operation satisfies never
  }
}
