import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@maestro/contracts/errors'
import { createBatcher } from '@maestro/service-kit/batcher'
import type { Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import type { Claim, JournalEntry } from './call-record.ts'
import { type AskedCall, claimCalls } from './claim-calls.ts'
import type { WorkerIdentity } from './worker-identity.ts'
import { writeEntries, type WriteResult } from './write-entries.ts'

/** Calls of one statement. */
const batchMax = 128
/** Of a busy worker's statements: far less than a model takes, and half as many commits. */
const paceMs = 10
/** An answer is paid for: the journal is tried for this long before it is given up to the next owner. */
const writeForMsMax = 30_000
const retryMsBase = 50
const retryMsMax = 2_000

/** What became of every model call (I5). What arrives together is written together. */
export type CallJournal = {
  /** @throws {AppError} `UNAVAILABLE` when the database is away. */
  claim: (asked: AskedCall) => Promise<Claim>
  /** Repeats itself through an outage. @throws {AppError} `UNAVAILABLE` when it lasts. */
  write: (entry: JournalEntry) => Promise<WriteResult>
}

export const createCallJournal = (place: {
  sql: Sql
  payloads: PayloadStore
  identity: WorkerIdentity
}): CallJournal => {
  const claims = createBatcher({ run: alsoOneByOne(claimCalls(place)), itemsMax: batchMax, paceMs })
  const writes = createBatcher({
    run: alsoOneByOne(writeEntries(place)),
    itemsMax: batchMax,
    paceMs,
  })

  return {
    claim: claims.add,
    write: async (entry) => {
      const untilMs = performance.now() + writeForMsMax
      for (let waitMs = retryMsBase; ; waitMs = Math.min(waitMs * 2, retryMsMax)) {
        try {
          return await writes.add(entry)
        } catch (error) {
          const isOutage = error instanceof AppError && error.retry
          if (!isOutage || performance.now() + waitMs > untilMs) throw error
          await sleep(waitMs)
        }
      }
    },
  }
}

/** An item that the database does not take must not fail the others of its batch. */
const alsoOneByOne =
  <Item, Result>(run: (items: readonly Item[]) => Promise<readonly Result[]>) =>
  async (items: readonly Item[]): Promise<readonly (Result | Error)[]> => {
    try {
      return await run(items)
    } catch (cause) {
      const error = asDatabaseOutage(cause)
      if (items.length === 1 || error instanceof AppError) throw error
      return Promise.all(
        items.map(async (item) => {
          const [result] = await run([item]).catch((alone: unknown) => [toError(alone)])
          return result ?? new AppError('INTERNAL', { what: 'journal' })
        }),
      )
    }
  }

const toError = (cause: unknown): Error => {
  const error = asDatabaseOutage(cause)
  return error instanceof Error ? error : new AppError('INTERNAL', {}, { cause: error })
}
