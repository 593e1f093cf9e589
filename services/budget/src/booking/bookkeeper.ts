import { appendFacts, type Fact } from '@maestro/service-kit/append-facts'
import { createBatcher } from '@maestro/service-kit/batcher'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import { lockBudgets, writeBudgets } from '../budgets/budget-rows.ts'
import type { Level } from '../budgets/level.ts'
import {
  readBudgetsOver,
  readUnlimited,
  type ScopeKey,
  writeLevels,
} from '../budgets/level-rows.ts'
import { factOf, tellOf } from '../budgets/tell-of.ts'
import type { PriceBook } from '../prices/price-book.ts'
import { createBooks, type Books } from './books.ts'
import { decideReservation, type Reserved, type ReserveOperation } from './decide-reservation.ts'
import {
  decideExpiry,
  decideRelease,
  decideSettlement,
  type ExpireOperation,
  type ReleaseOperation,
  type Settled,
  type SettleOperation,
} from './decide-settlement.ts'
import { writeBookings } from './ledger-rows.ts'
import { readReservations, readRevoked, writeRevoked } from './reservation-rows.ts'

// Invariants:
// 1. What arrives together is decided together: one batch, one transaction, item by item in order of
//    arrival. Nothing is answered before its transaction is committed.
// 2. Every transaction locks the budgets first, then touches any level it likes. Any number of
//    copies is right, and none can wait for another in a circle.
// 3. On each level settled + reserved is the sum over its reservations and over the ledger, and a
//    reservation never lifts it beyond a limit that does more than warn. Only a bill beyond the bound
//    of its reservation can; then the level closes.

type Operation = ReserveOperation | SettleOperation | ReleaseOperation | ExpireOperation

/** Operations of one transaction: a few milliseconds, so that other copies get their turn. */
const operationsPerBatchMax = 512

export type Bookkeeper = {
  /** @throws {AppError} one of the refusals; `INVALID_INPUT` when the attempt is over or stands for another request. */
  reserve: (operation: Omit<ReserveOperation, 'type'>) => Promise<Reserved>
  /** @throws {AppError} `NOT_FOUND`. */
  settle: (operation: Omit<SettleOperation, 'type'>) => Promise<Settled>
  release: (attemptId: string) => Promise<void>
  /** Settles an attempt whose lease has run out at its estimate. */
  expire: (attemptId: string) => Promise<void>
}

export const createBookkeeper = ({
  sql,
  prices,
  now,
  onFacts,
}: {
  sql: Sql
  prices: PriceBook
  now: () => Date
  /** Called after facts were committed. */
  onFacts: () => void
}): Bookkeeper => {
  const decide = (operation: Operation, books: Books): unknown => {
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

  const run = async (operations: readonly Operation[]): Promise<readonly unknown[]> => {
    const at = now()
    const { results, facts } = await sql
      .begin(async (transaction) => {
        const books = await readBooks(transaction, operations, at)
        const decided = operations.map((operation) => decide(operation, books))
        return { results: decided, facts: await writeBooks(transaction, books) }
      })
      .catch((error: unknown) => {
        throw asDatabaseOutage(error)
      })
    if (facts.length > 0) onFacts()
    return results
  }
  const batcher = createBatcher<Operation, unknown>({ itemsMax: operationsPerBatchMax, run })

  return {
    reserve: async (operation) =>
      (await batcher.add({ type: 'reserve', ...operation })) as Reserved,
    settle: async (operation) => (await batcher.add({ type: 'settle', ...operation })) as Settled,
    release: async (attemptId) => {
      await batcher.add({ type: 'release', attemptId })
    },
    expire: async (attemptId) => {
      await batcher.add({ type: 'expire', attemptId })
    },
  }
}

const attemptIdOf = (operation: Operation) =>
  operation.type === 'reserve' ? operation.attempt.attemptId : operation.attemptId

const readBooks = async (
  transaction: Transaction,
  operations: readonly Operation[],
  at: Date,
): Promise<Books> => {
  const reserving = operations.filter(({ type }) => type === 'reserve') as ReserveOperation[]
  const bringing = reserving.filter(({ taskLimitNanoUsd }) => taskLimitNanoUsd !== null)
  const attemptIds = operations.map(attemptIdOf)
  // Sent together, answered one after the other: what is read is read after the lock is held.
  const [, over, unlimited, reservations, revoked] = await Promise.all([
    lockBudgets(transaction),
    readBudgetsOver(transaction, { scopes: scopesOf(reserving), attemptIds, at }),
    bringing.length === 0
      ? new Map<string, never>()
      : readUnlimited(transaction, [...new Set(bringing.map(({ attempt }) => attempt.taskId))]),
    readReservations(transaction, attemptIds),
    readRevoked(transaction, attemptIds),
  ])
  return createBooks({ at, ...over, unlimited, reservations, revoked })
}

const scopesOf = (operations: readonly ReserveOperation[]): readonly ScopeKey[] => {
  const ids = (scope: 'user' | 'task' | 'agent') =>
    [...new Set(operations.flatMap(({ attempt }) => attempt[`${scope}Id`] ?? []))].map((id) => ({
      scope,
      id,
    }))
  return [{ scope: 'global', id: 'global' }, ...ids('user'), ...ids('task'), ...ids('agent')]
}

const writeBooks = async (transaction: Transaction, books: Books): Promise<readonly Fact[]> => {
  const { levels, budgets, limitsBefore, bookings, revoked } = books.changes()
  const told = levels.map((level) => tellOf(level, books.at))
  const facts = [
    ...changesOf(limitsBefore, levels, books.at),
    ...told.flatMap(({ facts: of }) => of),
  ]
  await Promise.all([
    writeBudgets(transaction, budgets),
    writeLevels(
      transaction,
      told.map(({ level }) => level),
    ),
    writeBookings(transaction, bookings, books.at),
    writeRevoked(transaction, revoked, books.at),
  ])
  await appendFacts(transaction, facts)
  return facts
}

/** Limits of tasks that became others. */
const changesOf = (before: readonly Level[], now: readonly Level[], at: Date): readonly Fact[] =>
  before.flatMap((old) => {
    const level = now.find(({ levelId }) => levelId === old.levelId)
    if (level === undefined || level.limit === old.limit) return []
    const change = level.limit > old.limit ? 'raised' : 'lowered'
    return [factOf(level, 'BudgetChanged', { change }, at)]
  })
