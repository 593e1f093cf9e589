import { startCutProxy } from '@maestro/testkit/infrastructure/cut-proxy'
import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { connectDatabase, type Sql } from './database.ts'
import { isOutage } from './wire-error.ts'

let database: TestDatabase
/** Connections that nobody cuts. */
let sql: Sql
beforeAll(async () => {
  database = await createTestDatabase()
  sql = connectDatabase(database.url)
  await sql`create table halves (name text)`
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

// What is thrown where nobody can catch it ends a service.
let thrown: unknown[] = []
const note = (error: unknown) => thrown.push(error)
beforeEach(async () => {
  thrown = []
  process.on('uncaughtExceptionMonitor', note).on('unhandledRejection', note)
  // A server does not see that a sleeper's client is gone.
  for (const { pid } of await asleep()) await terminate(pid)
  await sql`truncate halves`
})
afterEach(() => {
  process.off('uncaughtExceptionMonitor', note).off('unhandledRejection', note)
  if (thrown.length > 0) throw new AggregateError(thrown, 'thrown where nobody can catch it')
})

/** One connection, so that what comes after it is lost is its next life. */
const connectOnce = (url: string) => connectDatabase(url, { connectionsMax: 1 })

const outcome = (work: Promise<unknown>): Promise<unknown> => work.catch((cause: unknown) => cause)

const comesBack = (lost: Sql) =>
  expect
    .poll(() => lost`select 1`.catch(() => []), { timeout: 20_000, interval: 10 })
    .toHaveLength(1)

const asleep = () => sql<{ pid: number }[]>`
  select pid from pg_stat_activity
  where datname = current_database() and wait_event = 'PgSleep'`

const isAsleep = () => expect.poll(asleep, { timeout: 20_000 }).toHaveLength(1)

const pidOf = async (asker: Pick<Sql, 'unsafe'>): Promise<number> => {
  const [row] = await asker.unsafe<{ pid: number }[]>('select pg_backend_pid() as pid')
  return row?.pid ?? 0
}

const terminate = async (pid: number) => {
  await sql`select pg_terminate_backend(${pid})`
  await expect
    .poll(() => sql`select 1 from pg_stat_activity where pid = ${pid}`, { timeout: 20_000 })
    .toHaveLength(0)
}

const names = () => sql<{ name: string }[]>`select name from halves`

/** A transaction that stands between two statements while its connection is lost. */
const loseTransaction = async (
  once: Sql,
  goOn: (transaction: Pick<Sql, 'unsafe'>) => Promise<unknown>,
) => {
  const started = Promise.withResolvers<number>()
  const gate = Promise.withResolvers<void>()
  const late = Promise.withResolvers<unknown>()
  const begun = outcome(
    once.begin(async (transaction) => {
      await transaction`insert into halves values ('a lost half')`
      started.resolve(await pidOf(transaction))
      await gate.promise
      late.resolve(await outcome(goOn(transaction)))
    }),
  )
  await terminate(await started.promise)
  expect(isOutage(await begun)).toBe(true)
  return async () => {
    gate.resolve()
    return late.promise
  }
}

test('all statements of a transaction that is cut are settled, also those that waited', async () => {
  const proxy = await startCutProxy(database.url)
  const once = connectOnce(proxy.url)
  const settled = Promise.withResolvers<unknown[]>()
  const begun = outcome(
    once.begin(async (transaction) => {
      const statements = [1, 2, 3].map((n) => outcome(transaction`select pg_sleep(10), ${n}::int`))
      settled.resolve(await Promise.all(statements))
    }),
  )
  await isAsleep()
  await proxy.cut()
  expect((await settled.promise).every(isOutage)).toBe(true)
  expect(isOutage(await begun)).toBe(true)
  await once.end({ timeout: 1 })
  await proxy.close()
})

test('a query that is asked for while its connection closes is settled, and the next life writes again', async () => {
  const proxy = await startCutProxy(database.url)
  const once = connectOnce(proxy.url)
  await comesBack(once)
  const inFlight = outcome(once`select pg_sleep(10)`)
  await isAsleep()
  // The driver's write waits for the next round of the event loop; the socket closes before.
  const asked = inFlight.then(async () => {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    return outcome(once`select 1`)
  })
  await proxy.cut()
  expect(isOutage(await asked)).toBe(true)
  await proxy.mend()
  await expect
    .poll(() => once`select 1`.catch(() => []), { timeout: 8_000, interval: 10 })
    .toHaveLength(1)
  await once.end({ timeout: 1 })
  await proxy.close()
})

test('the next life of a connection does not hear what the server said last to the one before', async () => {
  const once = connectOnce(database.url)
  const pid = await pidOf(once)
  const inFlight = outcome(once`select pg_sleep(10)`)
  await isAsleep()
  await terminate(pid)
  expect(isOutage(await inFlight)).toBe(true)
  expect(await once`select 1 as one`).toEqual([{ one: 1 }])
  await once.end({ timeout: 1 })
})

test('a connection that is cut in its very beginning is an outage, and the process goes on', async () => {
  // The driver's own first question to a new connection.
  const proxy = await startCutProxy(database.url, { cutsAt: 'pg_catalog.pg_type' })
  const once = connectOnce(proxy.url)
  expect(isOutage(await outcome(once`select 1`))).toBe(true)
  expect(isOutage(await outcome(once`select 1`))).toBe(true)
  await once.end({ timeout: 1 })
  await proxy.close()
})

test('a server that takes connections only to end them is an outage', async () => {
  const dead = await startCutProxy(database.url)
  await dead.close()
  const proxy = await startCutProxy(dead.url)
  const once = connectOnce(proxy.url)
  expect(isOutage(await outcome(once`select 1`))).toBe(true)
  await once.end({ timeout: 1 })
  await proxy.close()
})

const anotherHalf = (transaction: Pick<Sql, 'unsafe'>) =>
  transaction.unsafe("insert into halves values ('another half')")

test('a lost transaction may go on while its connection is away, and the process lives', async () => {
  const once = connectOnce(database.url)
  const goOn = await loseTransaction(once, anotherHalf)
  expect(isOutage(await goOn())).toBe(true)
  await comesBack(once)
  expect(await names()).toEqual([])
  await once.end({ timeout: 1 })
})

test('a lost transaction writes nothing by the next life of its connection', async () => {
  const once = connectOnce(database.url)
  const goOn = await loseTransaction(once, anotherHalf)
  await comesBack(once)
  expect(isOutage(await goOn())).toBe(true)
  await comesBack(once)
  expect(await names()).toEqual([])
  await once.end({ timeout: 1 })
})

test('a lost transaction does not end the one that has its connection now', async () => {
  const once = connectOnce(database.url)
  const goOn = await loseTransaction(once, () => Promise.resolve())
  await comesBack(once)
  const begun = once.begin(async (transaction) => {
    await transaction`insert into halves values ('a half of the next')`
    await goOn()
    await transaction`select 1`
    throw new Error('rolled back')
  })
  await expect(begun).rejects.toThrow('rolled back')
  expect(await names()).toEqual([])
  await once.end({ timeout: 1 })
})

test('a connection that was set apart and lost serves nobody, and is free again', async () => {
  const once = connectOnce(database.url)
  const apart = await once.reserve()
  await terminate(await pidOf(apart))
  // While it is away, and when it is there again.
  expect(isOutage(await outcome(apart`select 1`))).toBe(true)
  expect(isOutage(await outcome(apart`select 1`))).toBe(true)
  apart.release()
  await comesBack(once)
  expect(isOutage(await outcome(apart`insert into halves values ('of nobody')`))).toBe(true)
  await comesBack(once)
  expect(await names()).toEqual([])
  await once.end({ timeout: 1 })
})

test('a transaction that is asked for behind a hundred statements knows its connection', async () => {
  const once = connectOnce(database.url)
  // Prepared, so that the driver hands over the next one without an answer to the one before.
  const ask = (n: number) => once`select ${n}::int as n`.execute()
  await ask(0)
  const asked = Array.from({ length: 100 }, (_, n) => ask(n))
  const begun = once.begin((transaction) => transaction`insert into halves values ('whole')`)
  await Promise.all([...asked, begun])
  expect(await names()).toEqual([{ name: 'whole' }])
  await once.end({ timeout: 1 })
})
