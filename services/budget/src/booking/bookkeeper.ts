import { createBatcher } from '@maestro/service-kit/batcher'
import type { Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import type { PriceBook } from '../prices/price-book.ts'
import { lockBooks } from './books-version.ts'
import { decideBatch } from './decide-batch.ts'
import type { Reserved, ReserveOperation } from './decide-reservation.ts'
import type { Settled, SettleOperation } from './decide-settlement.ts'
import { createKnownBooks, type KnownBooks } from './known-books.ts'
import type { Operation } from './operation.ts'
import type { Reservation } from './reservation.ts'
import { readReservations } from './reservation-rows.ts'

// Invariants:
// 1. What arrives together is decided together: one batch, one transaction, item by item in order of
//    arrival. Nothing is answered before its transaction is committed.
// 2. Every decision is made on the newest version of the books and gives them the next one. Either they
//    are locked before they are read, or they are written only if they are still what was known. Any
//    number of copies is right, and none can wait for another in a circle.
// 3. On each level settled + reserved is the sum over its reservations and over the ledger, and a
//    reservation never lifts it beyond a limit that does more than warn. Only a bill beyond the bound
//    of its reservation can; then the level closes.

/** Operations of one transaction: a few milliseconds, so that other copies get their turn. */
const operationsPerBatchMax = 512
/** Of transactions while much is asked: far less than the call takes that waits for it, and half as many commits. */
const paceMs = 10
/** Scopes, levels and reservations that a copy knows, at most about a kilobyte each. Beyond it begins anew. */
const knownMax = 20_000

export type Bookkeeper = {
  /** @throws {AppError} one of the refusals; `INVALID_INPUT` when the attempt is over or stands for another request. */
  reserve: (operation: Omit<ReserveOperation, 'type'>) => Promise<Reserved>
  /** @throws {AppError} `NOT_FOUND`. */
  settle: (operation: Omit<SettleOperation, 'type'>) => Promise<Settled>
  release: (attemptId: string) => Promise<void>
  /** What stands in the books; undefined: nothing was ever held for it. @throws {AppError} `UNAVAILABLE`. */
  find: (attemptId: string) => Promise<Reservation | undefined>
  /** Settles an attempt whose lease has run out at its estimate. */
  expire: (attemptId: string) => Promise<void>
}

type Standing = { known: KnownBooks; version: number; at: Date }

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
  /** What is known, while this copy is the only one that writes. */
  let standing: Standing | null = null
  /** The version that this copy gave the books last. */
  let lastVersion: number | null = null

  const decideOn = async (
    { known, version }: Standing,
    operations: readonly Operation[],
    at: Date,
  ) => {
    const decision = await decideBatch(operations, {
      sql,
      begin: async (work) => (await sql.begin(work)) as Awaited<ReturnType<typeof work>>,
      known,
      version,
      takesForNew: true,
      prices,
      at,
    })
    return decision === null ? null : { ...decision, known }
  }

  const decideUnderLock = async (operations: readonly Operation[], at: Date) =>
    sql.begin(async (transaction) => {
      const known = createKnownBooks()
      const version = lockBooks(transaction)
      const decision = await decideBatch(operations, {
        sql: transaction,
        begin: (work) => work(transaction),
        known,
        version,
        takesForNew: false,
        prices,
        at,
      })
      if (decision === null) throw new Error('the books changed under their lock')
      // Where copies take turns, what one knows is old when its next turn comes.
      const isAlone = lastVersion !== null && (await version) === lastVersion + 1
      return { ...decision, known: isAlone ? known : null }
    })

  const run = async (operations: readonly Operation[]): Promise<readonly unknown[]> => {
    const at = now()
    // A clock that went back may be in windows that were not read.
    const trusted = standing !== null && standing.at <= at ? standing : null
    // Whatever fails from here on may have been committed.
    standing = null
    try {
      const decided =
        (trusted === null ? null : await decideOn(trusted, operations, at)) ??
        (await decideUnderLock(operations, at))
      const { known, version, results, facts } = decided
      lastVersion = version
      if (known !== null && known.size() <= knownMax) standing = { known, version, at }
      if (facts.length > 0) onFacts()
      return results
    } catch (error) {
      throw asDatabaseOutage(error)
    }
  }
  const batcher = createBatcher<Operation, unknown>({
    itemsMax: operationsPerBatchMax,
    run,
    paceMs,
  })

  return {
    reserve: async (operation) =>
      (await batcher.add({ type: 'reserve', ...operation })) as Reserved,
    settle: async (operation) => (await batcher.add({ type: 'settle', ...operation })) as Settled,
    find: async (attemptId) => {
      try {
        const [reservation] = await readReservations(sql, [attemptId])
        return reservation
      } catch (cause) {
        throw asDatabaseOutage(cause)
      }
    },
    release: async (attemptId) => {
      await batcher.add({ type: 'release', attemptId })
    },
    expire: async (attemptId) => {
      await batcher.add({ type: 'expire', attemptId })
    },
  }
}
