import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCutProxy } from '@maestro/testkit/infrastructure/cut-proxy'
import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase, migrateDatabase, type Sql } from './database.ts'
import { isOutage } from './wire-error.ts'

let database: TestDatabase
let folder: string
let sql: Sql
beforeAll(async () => {
  database = await createTestDatabase()
  folder = mkdtempSync(join(tmpdir(), 'maestro-migrations-'))
  sql = connectDatabase(database.url)
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await sql.end()
  await database.drop()
})

/** A folder of migrations as Drizzle writes it. */
const migrations = (...statements: readonly string[]): string => {
  const path = mkdtempSync(join(folder, 'migrations-'))
  const entries = statements.map((_, idx) => {
    const tag = `000${idx}_step`
    return { idx, version: '7', when: idx + 1, tag, breakpoints: true }
  })
  mkdirSync(join(path, 'meta'))
  writeFileSync(join(path, 'meta', '_journal.json'), JSON.stringify({ entries }))
  for (const [index, statement] of statements.entries()) {
    writeFileSync(join(path, `000${index}_step.sql`), statement)
  }
  return path
}

const first = 'create table fruits (name text primary key)'
const second = "insert into fruits values ('apple')"

test('copies that start together bring the database to its newest schema once', async () => {
  const folderOfTwo = migrations(first, second)
  await Promise.all([1, 2, 3].map(() => migrateDatabase(database.url, folderOfTwo)))
  expect(await sql`select name from fruits`).toEqual([{ name: 'apple' }])
  // A newer version adds its own, and what was applied is left alone.
  await migrateDatabase(
    database.url,
    migrations(first, second, "insert into fruits values ('pear')"),
  )
  expect(await sql`select count(*)::int as count from fruits`).toEqual([{ count: 2 }])
})

test('a migration that fails leaves nothing of itself, and can be mended', async () => {
  const third = "insert into fruits values ('pear')"
  const broken = migrations(
    first,
    second,
    third,
    'create table nuts (name text)',
    'create nonsense',
  )
  await expect(migrateDatabase(database.url, broken)).rejects.toThrow('nonsense')
  expect(await sql`select to_regclass('nuts') as "table"`).toEqual([{ table: null }])
  const mended = migrations(first, second, third, 'create table nuts (name text)')
  await migrateDatabase(database.url, mended)
  expect(await sql`select to_regclass('nuts')::text as "table"`).toEqual([{ table: 'nuts' }])
})

test('counters are numbers on our side', async () => {
  const rows = await sql`select 9007199254740991::bigint as large, count(*) as count from fruits`
  expect(rows).toEqual([{ large: 9_007_199_254_740_991, count: 2 }])
})

test('a database that is away is an outage, and is there again within a moment of its return', async () => {
  const proxy = await startCutProxy(database.url)
  const cut = connectDatabase(proxy.url)
  await Promise.all(Array.from({ length: 8 }, () => cut`select pg_sleep(0.05)`))
  await proxy.cut()
  // Enough failures that the driver on its own would wait for twenty seconds.
  for (let rounds = 0; rounds < 5; rounds += 1) {
    const tries = Array.from({ length: 8 }, () => cut`select 1`.catch((cause: unknown) => cause))
    expect((await Promise.all(tries)).every(isOutage)).toBe(true)
  }
  await proxy.mend()
  const startedAt = performance.now()
  await expect.poll(() => cut`select 1 as one`.catch(() => null)).toHaveLength(1)
  // By half less than the driver's own wait, also on a machine that has a second for us now and then.
  expect(performance.now() - startedAt).toBeLessThan(10_000)
  await cut.end({ timeout: 1 })
  await proxy.close()
})

test('a transaction that begins in the moment of a failure does not go on without its beginning', async () => {
  const proxy = await startCutProxy(database.url)
  const cut = connectDatabase(proxy.url, { connectionsMax: 1 })
  await cut`create table halves (name text)`
  const inFlight = cut`select pg_sleep(10)`.catch((cause: unknown) => cause)
  await expect
    .poll(
      // Other tests sleep on the same server.
      () => sql`
        select 1 from pg_stat_activity
        where datname = current_database() and wait_event = 'PgSleep'`,
      { timeout: 20_000 },
    )
    .toHaveLength(1)
  const isCut = proxy.cut()
  expect(isOutage(await inFlight)).toBe(true)
  const begun = cut
    .begin(async (transaction) => {
      await transaction`insert into halves values ('of an apple')`
      throw new Error('rolled back')
    })
    .catch((cause: unknown) => cause)
  await isCut
  await proxy.mend()
  await expect.poll(() => cut`select 1`.catch(() => [])).toHaveLength(1)
  const error = await begun
  expect(isOutage(error) || (error instanceof Error && error.message === 'rolled back')).toBe(true)
  expect(await sql`select 1 from halves`).toHaveLength(0)
  await cut.end({ timeout: 1 })
  await proxy.close()
})
