import { fileURLToPath } from 'node:url'
import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { appendFacts, type Fact } from '@maestro/service-kit/append-facts'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { connectDatabase, migrateDatabase, type Sql } from '@maestro/service-kit/database'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import { startFactRelay } from '@maestro/service-kit/fact-relay'
import { createLogger } from '@maestro/service-kit/logger'
import { nanos, type NatsConnection } from '@maestro/service-kit/nats'
import { createRecordedLog } from '@maestro/service-kit/testing/recorded-log'
import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

const log = createLogger({ service: 'scheduler', copy: 'test', level: 'silent' })
const eventually = { timeout: 50_000, interval: 20 }
/** The shortest that a stream takes: repetitions are told by us, not by the server. */
const duplicateWindowMs = 100

let database: TestDatabase
let server: PrivateNats
let nats: NatsConnection
let sql: Sql
let queues = 0

beforeAll(async () => {
  ;[database, server] = await Promise.all([createTestDatabase(), startPrivateNats()])
  await migrateDatabase(database.url, fileURLToPath(new URL('../drizzle', import.meta.url)))
  sql = connectDatabase(database.url)
  nats = await connectNats(server.env('admin'), 'test')
  await ensureStreams(nats)
  const manager = await nats.jetstreamManager()
  await manager.streams.update('EVENTS', { duplicate_window: nanos(duplicateWindowMs) })
})
afterAll(async () => {
  await nats.close()
  await sql.end({ timeout: 5 })
  await database.drop()
  await server.stop()
})

let queue: string
beforeEach(() => {
  queue = `q${(queues += 1)}`
})

const factsOf = (count: number): Fact[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'queue',
    id: queue,
    type: 'Told',
    data: { index },
    at: new Date(),
  }))
const append = (facts: readonly Fact[]) =>
  sql.begin((transaction) => appendFacts(transaction, facts))
const startRelay = (said = log) => startFactRelay({ sql, nats, log: said, service: 'scheduler' })
const allAreMarked = () =>
  vi.waitFor(async () => {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from facts where not published`
    expect(row?.count).toBe(0)
  }, eventually)

/** What the stream has of the queue, from its beginning. */
const inStream = async (): Promise<number[]> => {
  const consumer = await nats
    .jetstream()
    .consumers.get('EVENTS', { filterSubjects: `maestro.event.queue.${queue}` })
  const { num_pending: pending } = await consumer.info()
  const seqs: number[] = []
  if (pending === 0) return seqs
  const messages = await consumer.fetch({ max_messages: pending, expires: 5_000 })
  for await (const message of messages) seqs.push(message.json<CloudEvent>().seq)
  return seqs
}

/** A repetition of a message of this moment is taken as a new one, and so is one of any message before. */
const duplicateWindowIsOver = async () => {
  const publish = () =>
    nats.jetstream().publish('maestro.event.system.probe', '{}', { msgID: `probe:${queue}` })
  await publish()
  await vi.waitFor(async () => expect((await publish()).duplicate).toBe(false), eventually)
}

test('numbers are dense per subject, also when writers race and one of them rolls back', async () => {
  const relay = await startRelay()
  await Promise.allSettled([
    ...Array.from({ length: 20 }, () => append(factsOf(3))),
    sql.begin(async (transaction) => {
      await appendFacts(transaction, factsOf(5))
      throw new Error('rolled back')
    }),
  ])
  relay.wake()
  await allAreMarked()
  expect(await inStream()).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
  await relay.stop()
})

test('what a relay published and did not mark before it died is not published again, however late', async () => {
  const first = await startRelay()
  await append(factsOf(3))
  first.wake()
  await allAreMarked()
  await first.stop()
  await append(factsOf(2))
  // As it is after a death between the last publish and the commit that marks.
  await sql`update facts set published = false where subject = ${`queue.${queue}`} and seq > 1`
  await duplicateWindowIsOver()
  const second = await startRelay()
  await allAreMarked()
  expect(await inStream()).toEqual([1, 2, 3, 4, 5])
  await second.stop()
})

test('a bus that outlived the database does not keep the facts of the new one back', async () => {
  const relay = await startRelay()
  await append(factsOf(3))
  relay.wake()
  await allAreMarked()
  await sql`delete from facts where subject = ${`queue.${queue}`}`
  await sql`delete from fact_heads where subject = ${`queue.${queue}`}`
  await duplicateWindowIsOver()
  await append(factsOf(2))
  relay.wake()
  await allAreMarked()
  expect(await inStream()).toEqual([1, 2, 3, 1, 2])
  await relay.stop()
})

test('facts wait for a bus that is away, and come in order', async () => {
  const relay = await startRelay()
  await server.kill9()
  await append(factsOf(3))
  relay.wake()
  await append(factsOf(2))
  await server.restart()
  await allAreMarked()
  expect(await inStream()).toEqual([1, 2, 3, 4, 5])
  await relay.stop()
}, 120_000)

test('a stream that takes nothing is said once however often it is tried, and once that it takes facts again', async () => {
  const { log: said, lines } = createRecordedLog()
  const manager = await nats.jetstreamManager()
  await manager.streams.update('EVENTS', { max_msg_size: 10 })
  // Who listens hears each try, whatever the stream makes of it.
  const tries = nats.subscribe(`maestro.event.queue.${queue}`)
  const relay = await startRelay(said)
  await append(factsOf(2))
  await vi.waitFor(() => {
    relay.wake()
    expect(tries.getReceived()).toBeGreaterThan(5)
  }, eventually)
  expect(relay.outage()).toMatchObject({ away: 'facts could not be published and wait' })
  await manager.streams.update('EVENTS', { max_msg_size: -1 })
  relay.wake()
  await allAreMarked()
  expect(relay.outage()).toBeNull()
  await relay.stop()
  tries.unsubscribe()
  expect(lines.map(({ msg }) => msg)).toEqual([
    'facts could not be published and wait',
    'facts are published again',
  ])
  expect(lines[1]?.['failures']).toBeGreaterThan(4)
  expect(await inStream()).toEqual([1, 2])
})
