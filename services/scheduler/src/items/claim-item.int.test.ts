import { fileURLToPath } from 'node:url'
import { connectDatabase, migrateDatabase, type Sql } from '@maestro/service-kit/database'
import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wishOf } from '../open-test-scheduler.ts'
import { ensureDefaultQueue } from '../queues.ts'
import { claimItem, takeOverItems } from './claim-item.ts'
import { enqueueItem } from './enqueue-item.ts'

const at = new Date('2026-11-22T12:00:00Z')
const context = {
  actor: { kind: 'person', id: 'ada' },
  requestId: '',
  idempotencyKey: null,
} as const
const queue = 'default'
const slotsMax = 4

let database: TestDatabase
let sql: Sql
beforeAll(async () => {
  database = await createTestDatabase()
  await migrateDatabase(database.url, fileURLToPath(new URL('../../drizzle', import.meta.url)))
  sql = connectDatabase(database.url, { connectionsMax: 16 })
  await ensureDefaultQueue(sql, slotsMax)
})
afterAll(async () => {
  await sql.end({ timeout: 5 })
  await database.drop()
})

test('claims that race fill exactly the slots there are, and a copy that dies leaves its slots to one successor', async () => {
  const names = Array.from({ length: 32 }, (_, index) => `t${index}`)
  const items = await Promise.all(
    names.map((name) =>
      sql.begin((transaction) =>
        enqueueItem(transaction, { ...wishOf(name), context, traceparent: undefined, at }),
      ),
    ),
  )
  const claims = await Promise.all(
    items.map(({ item }) =>
      sql.begin((transaction) =>
        claimItem(transaction, { queue, itemId: item.itemId, copy: 'dead', at }),
      ),
    ),
  )
  const outcomes = claims.map(({ outcome }) => outcome)
  expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(slotsMax)
  expect(outcomes.filter((outcome) => outcome === 'full')).toHaveLength(names.length - slotsMax)

  const later = new Date(at.getTime() + 60_000)
  const takenOver = await Promise.all(
    ['one', 'two', 'three'].map((copy) =>
      sql.begin((transaction) =>
        takeOverItems(transaction, {
          queue,
          copy,
          at: later,
          isOwnStart: false,
          before: new Date(at.getTime() + 30_000),
          limit: 100,
        }),
      ),
    ),
  )
  expect(takenOver.flat()).toHaveLength(slotsMax)
})
