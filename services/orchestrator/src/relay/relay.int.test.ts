import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { streams } from '@maestro/contracts/bus/streams'
import { headlineSubject, taskEventSubject } from '@maestro/contracts/bus/subjects'
import type { TaskId } from '@maestro/contracts/ids'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import { createLogger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { newTaskId } from '@maestro/service-kit/new-id'
import { createStreamPublisher } from '@maestro/service-kit/stream-publisher'
import { startCutProxy } from '@maestro/testkit/infrastructure/cut-proxy'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestStore } from '../testing/open-test-store.ts'
import { readStream, upTo } from '../testing/read-stream.ts'
import { creation, planNeeding, stepAnswer } from '../testing/task-commands.ts'
import { createOutbox } from './outbox.ts'
import { startRelay } from './relay.ts'
import { createTaskPublisher } from './task-publisher.ts'

const log = createLogger({ service: 'orchestrator', copy: 'test', level: 'silent' })
const names = ['a', 'b', 'c', 'd', 'e']
const plan = planNeeding(
  Object.fromEntries(names.map((name, index) => [name, names.slice(index - 1, index)])),
)

let folder: string
let bus: PrivateNats
let store: TestStore
let admin: NatsConnection
let closing: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'maestro-relay-'))
  bus = await startPrivateNats({ dir: folder })
  store = await openTestStore()
  admin = await connectNats(bus.env('admin'), 'test')
  await ensureStreams(admin)
})
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})
afterAll(async () => {
  await admin.close()
  await store.close()
  await bus.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A copy with its relay. What it commits is handed over, as in the service. */
const openRelay = async (name: string, { natsUrl = bus.url, tables = store } = {}) => {
  const copy = tables.openCopy(name)
  const nats = await connectNats({ ...bus.env('orchestrator'), NATS_URL: natsUrl }, name)
  const outbox = createOutbox({ sql: copy.sql })
  const stream = createStreamPublisher(nats, '_INBOX_orchestrator')
  const { sql, url: postgresUrl } = copy
  const relay = await startRelay({ nats, stream, sql, postgresUrl, outbox, log })
  const handle: typeof copy.commands.handle = async (request) => {
    const task = await copy.commands.handle(request)
    relay.handOver(copy.committed.splice(0).flatMap(({ events }) => events))
    return task
  }
  let isStopped = false
  const stop = async () => {
    if (isStopped) return
    isStopped = true
    await relay.stop()
    stream.stop()
    await nats.close()
  }
  closing.push(stop)
  return { copy, handle, stop }
}

/** A task from its first to its last event. */
const runTask = async (
  handle: Awaited<ReturnType<typeof openRelay>>['handle'],
  at?: string,
): Promise<TaskId> => {
  const taskId = newTaskId()
  await handle(creation(taskId, { plan, ...(at === undefined ? {} : { at }) }))
  for (const name of names) {
    const answer = stepAnswer(taskId, name)
    await handle(at === undefined ? answer : { ...answer, command: { ...answer.command, at } })
  }
  return taskId
}

/** What the stream should have of these tasks: every event, once, in its order. */
const wholeOf = async (taskIds: readonly TaskId[], tables = store) => {
  const { events } = tables.openCopy('look')
  const whole: Record<string, number[]> = {}
  for (const taskId of taskIds) whole[taskId] = upTo(await events.head(taskId))
  return whole
}
const expectWhole = async (taskIds: readonly TaskId[], { tables = store } = {}) => {
  const whole = await wholeOf(taskIds, tables)
  await expect.poll(() => readStream(admin, taskIds), { interval: 100 }).toEqual(whole)
}
const expectWholeNow = async (taskIds: readonly TaskId[]) =>
  expect(await readStream(admin, taskIds)).toEqual(await wholeOf(taskIds))

const streamState = async () =>
  (await (await admin.jetstreamManager()).streams.info(streams.events.name)).state

test('what a copy commits is on the stream at once, also what it commits last before it stops', async () => {
  const { handle, stop } = await openRelay('one')
  const first = await runTask(handle)
  await expectWhole([first])
  const last = await runTask(handle)
  await stop()
  await expectWholeNow([first, last])
})

test('an end stands in the stream a second time, where nothing else is, before its turn in its task', async () => {
  const { handle } = await openRelay('one')
  const taskId = await runTask(handle)
  await expectWhole([taskId])
  const { streams: ofBus } = await admin.jetstreamManager()
  const lastOf = (subject: string) =>
    ofBus.getMessage(streams.events.name, { last_by_subj: subject })
  const [event, headline] = await Promise.all([
    lastOf(taskEventSubject(taskId)),
    lastOf(headlineSubject(taskId)),
  ])
  expect(headline.json()).toEqual(event.json())
  expect(headline.json()).toMatchObject({ type: 'maestro.TaskSucceeded', subject: taskId })
  expect(headline.seq).toBeLessThan(event.seq)
})

test('one copy relays for all, and another goes on when it stops', async () => {
  const one = await openRelay('one')
  const two = await openRelay('two')
  const taskIds = [await runTask(one.handle), await runTask(two.handle)]
  await expectWhole(taskIds)
  await one.stop()
  taskIds.push(await runTask(two.handle))
  await expectWhole(taskIds)
})

test('two relays that both believe that it is their turn neither double nor swap an event', async () => {
  const copy = store.openCopy('one')
  const taskIds = await Promise.all([1, 2, 3, 4].map(() => runTask(copy.commands.handle)))
  const outbox = createOutbox({ sql: copy.sql })
  const publishers = await Promise.all(
    [1, 2, 3].map(async (number) => {
      const nats = await connectNats(bus.env('orchestrator'), `relay-${number}`)
      const stream = createStreamPublisher(nats, '_INBOX_orchestrator')
      closing.push(async () => {
        stream.stop()
        await nats.close()
      })
      return createTaskPublisher({ stream, manager: await nats.jetstreamManager(), outbox })
    }),
  )
  const publishUntilDone = async (publisher: (typeof publishers)[number], taskId: TaskId) => {
    const own = await copy.events.read(taskId, 0, 1_000)
    // Each round in which both are refused, a third one has published: it ends.
    for (let rounds = 0; rounds < own.length * 10; rounds += 1) {
      const error = await publisher.publish(taskId, own).catch((cause: unknown) => cause)
      if (error === undefined) return
    }
    throw new Error('it never got through')
  }
  await Promise.all(
    publishers.flatMap((publisher) => taskIds.map((taskId) => publishUntilDone(publisher, taskId))),
  )
  await expectWholeNow(taskIds)
})

test('what a slow transaction commits late is on the stream, though all that came after it was there before', async () => {
  const { copy, handle } = await openRelay('one')
  const other = store.openCopy('slow')
  const early = await runTask(other.commands.handle)
  await expectWhole([early])
  const [last] = (await copy.events.read(early, 0, 1_000)).slice(-1)
  const begun = Promise.withResolvers<number>()
  const goOn = Promise.withResolvers<void>()
  const slow = other.sql.begin(async (transaction) => {
    // However long the rest of this takes on a busy machine.
    await transaction`set local idle_in_transaction_session_timeout = 0`
    await transaction`
      insert into task_events (task_id, seq, type, at, actor, data)
      values (${early}, ${(last?.seq ?? 0) + 1}, 'NobodyKnows', now(), 'system:test', '{}')`
    await transaction`update tasks set head = head + 1 where task_id = ${early}`
    const [row] = await transaction<{ id: number }[]>`
      select transaction_id as id from task_events where type = 'NobodyKnows' and task_id = ${early}`
    begun.resolve(row?.id ?? 0)
    await goOn.promise
  })
  slow.catch(begun.reject)
  const slowTransaction = await begun.promise
  const place = async () => {
    const [row] = await copy.sql<
      { value: string }[]
    >`select value from relay_marks where name = 'published-before'`
    return Number(row?.value)
  }
  const later = await runTask(handle)
  await expectWhole([later])
  // The mark comes as far as to what is not seen yet, and no further. Other databases of the server have transactions too.
  const [seen] = await copy.sql<{ before: number }[]>`
    select (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint as before`
  await expect.poll(place).toBeGreaterThanOrEqual(seen?.before ?? 0)
  expect(await place()).toBeLessThanOrEqual(slowTransaction)
  goOn.resolve()
  await slow
  await expectWhole([early, later])
})

test.each([
  { written: 'just now', at: undefined },
  { written: 'longer ago than a cut bus is distrusted for', at: 3_600_000 },
])(
  'a database that was moved to a server whose transactions count from less loses no event, also none written there before it is named anew ($written)',
  async ({ at }) => {
    const tables = await openTestStore()
    const writer = tables.openCopy('before')
    const known = await runTask(writer.commands.handle)
    // As the server that it came from had named them.
    await writer.sql`update task_events set transaction_id = transaction_id + 1000000000`
    await writer.sql`
    insert into relay_marks (name, value)
    select 'published-before', min(transaction_id)::text from task_events`
    const early = await runTask(
      writer.commands.handle,
      at === undefined ? at : new Date(Date.now() - at).toISOString(),
    )
    const { handle, stop } = await openRelay('one', { tables })
    const fresh = await runTask(handle)
    const others = await runTask(writer.commands.handle)
    await expectWhole([known, early, fresh, others], { tables })
    const [left] = await writer.sql<{ count: number }[]>`
    select count(*) as count from task_events where transaction_id > 1000000000`
    expect(left?.count).toBe(0)
    await stop()
    await tables.close()
  },
)

test('a task whose events cannot be read holds up no other, and is published when they can be, also by another copy', async () => {
  const writer = store.openCopy('before')
  const spoiled = await runTask(writer.commands.handle)
  const rows = await writer.sql<{ seq: number; packed: Buffer }[]>`
    select seq, packed from task_events where task_id = ${spoiled} and seq > 1`
  await writer.sql`update task_events set packed = '\\x28b52ffd' where task_id = ${spoiled} and seq > 1`
  const whole = await runTask(writer.commands.handle)
  const one = await openRelay('one')
  await expectWhole([whole, await runTask(one.handle)])
  const found = (await readStream(admin, [spoiled]))[spoiled] ?? []
  expect(found).toEqual(upTo(found.length))
  expect(found.length).toBeLessThan(await writer.events.head(spoiled))
  await one.stop()
  for (const { seq, packed } of rows)
    await writer.sql`
      update task_events set packed = ${packed} where task_id = ${spoiled} and seq = ${seq}`
  await openRelay('two')
  await expectWhole([spoiled])
})

test('acknowledgements that were lost with the connection double nothing', async () => {
  const proxy = await startCutProxy(bus.url)
  closing.push(() => proxy.close())
  const { handle } = await openRelay('one', { natsUrl: proxy.url })
  const running = Array.from({ length: 24 }, () => runTask(handle))
  for (let cuts = 0; cuts < 4; cuts += 1) {
    const { messages } = await streamState()
    // However fast the others were, something is under way at each cut.
    running.push(...Array.from({ length: 4 }, () => runTask(handle)))
    await expect
      .poll(async () => (await streamState()).messages, { interval: 5 })
      .toBeGreaterThan(messages)
    await proxy.cut()
    await proxy.mend()
  }
  await expectWhole(await Promise.all(running))
})

test('a bus that is killed in a burst gets what it missed', async () => {
  const { handle } = await openRelay('one')
  const before = await runTask(handle)
  await expectWhole([before])
  const running = Array.from({ length: 12 }, () => runTask(handle))
  await bus.kill9()
  const late = await runTask(handle)
  await bus.restart()
  await expectWhole([before, late, ...(await Promise.all(running))])
})

test('a stream that is deleted is filled again from the tables, in order, without any new event', async () => {
  const { handle } = await openRelay('one')
  const taskIds = [await runTask(handle), await runTask(handle)]
  await expectWhole(taskIds)
  const manager = await admin.jetstreamManager()
  await manager.streams.delete(streams.events.name)
  await expect
    .poll(() => manager.streams.info(streams.events.name).catch(() => null))
    .not.toBeNull()
  await expectWhole(taskIds)
  taskIds.push(await runTask(handle))
  await expectWhole(taskIds)
})

test('a bus that comes back without its last writes gets them again, however long ago they were', async () => {
  const tables = await openTestStore()
  const { handle, stop } = await openRelay('one', { tables })
  const anHourAgo = new Date(Date.now() - 3_600_000).toISOString()
  const kept = await runTask(handle, anHourAgo)
  await expectWhole([kept], { tables })
  await bus.kill9()
  cpSync(join(folder, 'nats'), join(folder, 'synced'), { recursive: true })
  await bus.restart()
  const lost = await runTask(handle, anHourAgo)
  await expectWhole([kept, lost], { tables })

  // The machine of the bus falls over: its disk has what was synced before.
  await bus.kill9()
  rmSync(join(folder, 'nats'), { recursive: true })
  cpSync(join(folder, 'synced'), join(folder, 'nats'), { recursive: true })
  await bus.restart()
  await expectWhole([kept, lost], { tables })
  await stop()
  await tables.close()
})
