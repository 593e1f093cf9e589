import type { Transaction } from '@maestro/service-kit/database'

/**
 * Locks the books until the transaction ends, and gives them their next version. Whoever changes
 * counters, reservations or budgets does this first: it puts all copies of the service in one line, so
 * that no two of them can wait for each other's levels, and tells them that what they know is old.
 */
export const lockBooks = async (transaction: Transaction): Promise<number> => {
  const [books] = await transaction<{ version: number }[]>`
    update books set version = version + 1 where books_id = 'books' returning version`
  if (books === undefined) throw new Error('the books have no version')
  return books.version
}
