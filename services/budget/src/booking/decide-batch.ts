import { appendFacts, type Fact } from '@maestro/service-kit/append-facts'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import { writeBudgets } from '../budgets/budget-rows.ts'
import type { Level } from '../budgets/level.ts'
import { factOf, tellOf } from '../budgets/tell-of.ts'
import type { PriceBook } from '../prices/price-book.ts'
import { createBooks } from './books.ts'
import type { KnownBooks } from './known-books.ts'
import { learnBooks } from './learn-books.ts'
import { attemptIdOf, decide, type Operation } from './operation.ts'
import { writeRevoked } from './reservation-rows.ts'
import { areStill, writeBookings } from './write-bookings.ts'

export type Decision = {
  /** One per operation, in order; an error where one was refused. */
  readonly results: readonly unknown[]
  readonly facts: readonly Fact[]
  /** Of the books after it. */
  readonly version: number
}

/**
 * Decides a batch on what is known of the books at a version, after reading what else it needs, and
 * writes what comes of it. What is known follows.
 *
 * @returns null, with nothing written, when the books have another version by now or an attempt is none
 * of the new ones that it was taken for. What is known is worth nothing then.
 */
export const decideBatch = async (
  operations: readonly Operation[],
  {
    sql,
    begin,
    known,
    version: versionOnItsWay,
    takesForNew,
    prices,
    at,
  }: {
    sql: Sql | Transaction
    /** Runs what takes several statements as one transaction. */
    begin: <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>
    known: KnownBooks
    version: number | Promise<number>
    /** Attempts that ask for money are not looked up. */
    takesForNew: boolean
    prices: PriceBook
    at: Date
  },
): Promise<Decision | null> => {
  const [version, { unlimited, revoked }] = await Promise.all([
    versionOnItsWay,
    learnBooks(sql, known, operations, { at, takesForNew }),
  ])
  const books = createBooks({ at, known, unlimited, revoked })
  const results = operations.map((operation) => decide(operation, books, prices))

  const changes = books.changes()
  const told = changes.levels.map((level) => tellOf(level, at))
  const levels = told.map(({ level }) => level)
  const facts = [
    ...changesOf(changes.limitsBefore, levels, at),
    ...told.flatMap(({ facts: of }) => of),
  ]
  const decided = {
    version,
    takenForNew: takesForNew ? unknownAttempts(operations, known) : [],
    levels,
    bookings: changes.bookings,
  }
  const isMore = facts.length + changes.budgets.length + changes.revoked.length > 0
  if (!isMore && levels.length + changes.bookings.length === 0)
    return (await areStill(sql, decided)) ? { results, facts, version } : null

  const isWritten = isMore
    ? await begin(async (transaction) => {
        if (!(await writeBookings(transaction, decided, at))) return false
        await Promise.all([
          writeBudgets(transaction, changes.budgets),
          writeRevoked(transaction, changes.revoked, at),
        ])
        await appendFacts(transaction, facts)
        return true
      })
    : await writeBookings(sql, decided, at)
  if (!isWritten) return null
  known.keep({ ...changes, levels })
  return { results, facts, version: version + 1 }
}

const unknownAttempts = (operations: readonly Operation[], known: KnownBooks) =>
  operations
    .filter(({ type }) => type === 'reserve')
    .map(attemptIdOf)
    .filter((attemptId) => known.reservation(attemptId) === undefined)

/** Limits of tasks that became others. */
const changesOf = (before: readonly Level[], now: readonly Level[], at: Date): readonly Fact[] =>
  before.flatMap((old) => {
    const level = now.find(({ levelId }) => levelId === old.levelId)
    if (level === undefined || level.limit === old.limit) return []
    const change = level.limit > old.limit ? 'raised' : 'lowered'
    return [factOf(level, 'BudgetChanged', { change }, at)]
  })
