import { streams } from '@maestro/contracts/bus/streams'
import { taskEventSubject } from '@maestro/contracts/bus/subjects'
import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { TaskId } from '@maestro/contracts/ids'
import {
  getTaskAt,
  getTaskTicks,
  getTaskTimeline,
} from '@maestro/contracts/timeline/timeline-endpoints'
import { searchHistory } from '@maestro/contracts/timeline/history-endpoints'
import { unpackTicks } from '@maestro/contracts/timeline/packed-ticks'
import { type Call, createCaller } from '@maestro/service-kit/call'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { connectDatabase, migrateDatabase, type Sql } from '@maestro/service-kit/database'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import { createLogger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { evolve } from '@maestro/task-model/evolve'
import { fold } from '@maestro/task-model/fold'
import { type Task, unbornTask } from '@maestro/task-model/task'
import { outlined } from '@maestro/task-model/testing/fold-outlines'
import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { createPatientCaller } from '@maestro/service-kit/testing/create-patient-caller'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createCatchUp } from './catch-up.ts'
import { createHistoryStore } from './history-store.ts'
import { createPruningStore } from '../retention/pruning-store.ts'
import { HistoryDays } from '../retention/history-days.ts'
import { createSnapshotKeeper } from '../states/snapshot-keeper.ts'
import { createSnapshotStore } from '../states/snapshot-store.ts'
import { reportOptions } from '../report-options.ts'
import { startTimeline } from '../start-timeline.ts'
import { createStateAt } from '../states/task-states.ts'
import { asCloudEvents, testHistory } from '../testing/test-history.ts'
import { startTestOrchestrator, type TestOrchestrator } from '../testing/test-orchestrator.ts'

const log = createLogger({ service: 'timeline', copy: 'test', level: 'silent' })
const waitMsMax = 40_000

let server: PrivateNats
let database: TestDatabase
let sql: Sql
let reports: Sql
let admin: NatsConnection
let orchestrator: TestOrchestrator
let call: Call
let copy: { nats: NatsConnection; stop: () => Promise<void> }

const startCopy = async () => {
  const nats = await connectNats(server.env('timeline'), 'timeline-test')
  await ensureStreams(nats)
  const timeline = await startTimeline({
    sql,
    reports,
    nats,
    log,
    call: createCaller({ nats, service: 'timeline' }),
    days: HistoryDays.parse(''),
  })
  return {
    nats,
    stop: async () => {
      await timeline.stop()
      await nats.drain()
    },
  }
}

beforeAll(async () => {
  ;[server, database] = await Promise.all([startPrivateNats(), createTestDatabase()])
  await migrateDatabase(database.url, fileURLToPath(new URL('../../drizzle', import.meta.url)))
  sql = connectDatabase(database.url)
  reports = connectDatabase(database.url, reportOptions)
  admin = await connectNats(server.env('admin'), 'test')
  orchestrator = await startTestOrchestrator(
    await connectNats(server.env('orchestrator'), 'orchestrator-test'),
    log,
  )
  call = createPatientCaller({
    nats: await connectNats(server.env('gateway'), 'gateway-test'),
    service: 'gateway',
  })
  copy = await startCopy()
})

afterAll(async () => {
  await copy?.stop()
  await admin?.close()
  await reports?.end()
  await sql?.end()
  await server?.stop()
  await database?.drop()
})

let tasks = 0
/** A task that nobody has heard of, with its whole life. */
const newTask = (steps: number) => {
  tasks += 1
  const taskId = TaskId.parse(`task_t${tasks}`)
  const events = testHistory(taskId, steps)
  return { taskId, events, cloudEvents: asCloudEvents(events) }
}

/** Without a message id: the stream itself drops no duplicates, so that the service has to. */
const publish = async (events: readonly CloudEvent[]) => {
  const jetStream = admin.jetstream()
  for (const event of events) {
    const subject = taskEventSubject(TaskId.parse(event.subject))
    await jetStream.publish(subject, JSON.stringify(event))
  }
}

const stored = async (taskId: string) => {
  const rows = await sql<
    { seq: number }[]
  >`select seq from events where subject = ${taskId} order by seq`
  return rows.map(({ seq }) => seq)
}
const headOf = async (taskId: string) => {
  const [row] = await sql<{ head: number; seen: number }[]>`
    select head, seen from task_heads where task_id = ${taskId}`
  return row ?? { head: 0, seen: 0 }
}
const untilHead = (taskId: string, head: number) =>
  vi.waitFor(async () => expect(await headOf(taskId)).toEqual({ head, seen: head }), {
    timeout: waitMsMax,
    interval: 50,
  })
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

test('writes every event once, however often and in whatever order it comes', async () => {
  const { taskId, cloudEvents } = newTask(10)
  const half = Math.ceil(cloudEvents.length / 2)
  await publish([
    ...cloudEvents.slice(half).toReversed(),
    ...cloudEvents,
    ...cloudEvents.slice(3, 9),
  ])
  await untilHead(taskId, cloudEvents.length)
  expect(await stored(taskId)).toEqual(upTo(cloudEvents.length))
})

test('fetches events that the stream never brought, without being asked', async () => {
  const { taskId, cloudEvents } = newTask(20)
  orchestrator.histories.set(taskId, cloudEvents)
  const lost = new Set([1, 2, 7, 50, 51, 52])
  await publish(cloudEvents.filter(({ seq }) => !lost.has(seq)))
  await untilHead(taskId, cloudEvents.length)
  expect(await stored(taskId)).toEqual(upTo(cloudEvents.length))
})

test('keeps a gap that cannot be filled in mind and answers up to it', async () => {
  const { taskId, events, cloudEvents } = newTask(4)
  await publish(cloudEvents.filter(({ seq }) => seq !== 9))
  await vi.waitFor(
    async () => expect(await headOf(taskId)).toEqual({ head: 8, seen: cloudEvents.length }),
    { timeout: waitMsMax },
  )
  expect((await call(getTaskAt, { taskId, at: 8 })).state).toEqual(fold(events.slice(0, 8)))
  await expect(call(getTaskAt, { taskId, at: 9 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  orchestrator.histories.set(taskId, cloudEvents)
  expect((await call(getTaskAt, { taskId, at: 9 })).state).toEqual(fold(events.slice(0, 9)))
  await untilHead(taskId, cloudEvents.length)
})

test('lets whoever wrote read it before the stream has brought it', async () => {
  const { taskId, events, cloudEvents } = newTask(30)
  orchestrator.histories.set(taskId, cloudEvents)
  const at = 120
  const state = fold(events.slice(0, at))
  expect(await call(getTaskAt, { taskId, at })).toEqual({ seq: at, state, detail: 'whole' })
})

test('says where the head is when a position lies beyond it, and that a task is not there', async () => {
  const { taskId, cloudEvents } = newTask(2)
  orchestrator.histories.set(taskId, cloudEvents)
  await expect(call(getTaskAt, { taskId, at: 9_999 })).rejects.toMatchObject({
    code: 'AFTER_BEYOND_HEAD',
    details: { head: cloudEvents.length },
  })
  const unknown = TaskId.parse('task_nowhere')
  await expect(call(getTaskAt, { taskId: unknown, at: 1 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(call(getTaskTimeline, { taskId: unknown })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('the state at every position is the fold of the events up to it, from whatever side one comes', async () => {
  const { taskId, events, cloudEvents } = newTask(45)
  await publish(cloudEvents)
  await untilHead(taskId, events.length)
  const states: Task[] = [unbornTask]
  for (const event of events) states.push(evolve(states.at(-1) ?? unbornTask, event))

  const history = createHistoryStore({ sql })
  const store = createSnapshotStore({ sql, model: 'test' })
  const snapshots = createSnapshotKeeper({ store, log, every: 100 })
  const catchUp = createCatchUp({ history, call })
  const stateAt = createStateAt({ history, snapshots, catchUp })
  const forwards = upTo(events.length)
  const jumping = forwards.map((seq) => ((seq * 197) % events.length) + 1).slice(0, 60)
  for (const at of [...forwards, ...jumping]) {
    expect(JSON.stringify(await stateAt(taskId, at))).toBe(JSON.stringify(states[at]))
  }
  await snapshots.idle()
  const made = await sql<{ seq: number; reason: string }[]>`
    select seq, reason from snapshots where task_id = ${taskId} and model = 'test' order by seq`
  const [approved = { seq: 0, reason: '' }, ...byCount] = made
  expect(approved.reason).toBe('plan-approved')
  expect(byCount).toEqual([100, 200].map((far) => ({ seq: approved.seq + far, reason: 'count' })))

  // Whoever starts anew starts from snapshots.
  const anew = createStateAt({ history, snapshots, catchUp })
  for (const at of [99, 100, 101, 199, 200, 201, events.length]) {
    expect(JSON.stringify(await anew(taskId, at))).toBe(JSON.stringify(states[at]))
    const state = states[at] ?? unbornTask
    expect(await call(getTaskAt, { taskId, at })).toEqual({ seq: at, state, detail: 'whole' })
    const outline = await call(getTaskAt, { taskId, at, detail: 'outline' })
    expect(outline.state).toEqual(outlined(state))
  }
}, 120_000)

test('readers that come together get the same state', async () => {
  const { taskId, events, cloudEvents } = newTask(50)
  orchestrator.histories.set(taskId, cloudEvents)
  const positions = [250, 3, 120, 250, 77, 250, 1, 199, 200, 201]
  const states = await Promise.all(positions.map((at) => call(getTaskAt, { taskId, at })))
  expect(states.map(({ state }) => state)).toEqual(positions.map((at) => fold(events.slice(0, at))))
})

test('packs every event of a task into a tick', async () => {
  const { taskId, events, cloudEvents } = newTask(3)
  await publish(cloudEvents)
  await untilHead(taskId, events.length)
  const { head, kinds, steps, ticks } = await call(getTaskTimeline, { taskId })
  expect(head).toBe(events.length)
  const unpacked = ticks.map(([seq, atMs, kind, step]) => [
    seq,
    atMs,
    kinds[kind],
    steps[step] ?? null,
  ])
  expect(unpacked).toEqual(
    events.map(({ seq, at, type, data }) => [
      seq,
      Date.parse(at),
      type,
      'stepId' in data ? data.stepId : null,
    ]),
  )
  const packed = await call(getTaskTicks, { taskId })
  const plain = unpackTicks(packed.packed, packed.startAtMs)
  expect(plain.map(({ atMs, kind, step }, index) => [index + 1, atMs, kind, step])).toEqual(ticks)
  expect(packed).toMatchObject({ head, kinds, steps })
})

test('keeps events of kinds that it does not know, and folds past them', async () => {
  const { taskId, events, cloudEvents } = newTask(2)
  const newer = cloudEvents.map((event) =>
    event.seq === 7 ? { ...event, type: 'maestro.MoonRose', data: { phase: 'full' } } : event,
  )
  await publish(newer)
  await untilHead(taskId, events.length)
  const [row] = await sql<{ type: string; body: string }[]>`
    select type, body from events where subject = ${taskId} and seq = 7`
  expect(row?.type).toBe('MoonRose')
  expect(JSON.parse(row?.body ?? '')).toEqual(newer[6])
  const { state } = await call(getTaskAt, { taskId, at: 7 })
  expect(state).toEqual({ ...fold(events.slice(0, 6)), seq: 7 })
  expect((await call(getTaskTimeline, { taskId })).kinds).toContain('MoonRose')
})

test('something that is no event of a task holds up nothing', async () => {
  const { taskId, cloudEvents } = newTask(1)
  const [first] = cloudEvents
  const jetStream = admin.jetstream()
  await jetStream.publish('maestro.event.task.x', 'no JSON')
  await jetStream.publish('maestro.event.task.x', JSON.stringify({ ...first, subject: 'a\u0000b' }))
  await jetStream.publish('maestro.event.task.x', JSON.stringify({ ...first, seq: 2 ** 40 }))
  await publish(cloudEvents)
  await untilHead(taskId, cloudEvents.length)
})

test('a search waits for connections of its own, and recording goes on', async () => {
  const isOpen = Promise.withResolvers<void>()
  const held = [1, 2].map(() => reports.begin(() => isOpen.promise))
  const anything = { q: '', kind: null, type: null, actor: null, task: null, step: null }
  const anytime = { from: null, to: null, cursor: null, limit: 1 }
  const search = call(searchHistory, { ...anything, ...anytime, agent: null })
  const { taskId, cloudEvents } = newTask(3)
  await publish(cloudEvents)
  const recorded = untilHead(taskId, cloudEvents.length).then(() => 'recorded')
  const first = await Promise.race([search, recorded])
  isOpen.resolve()
  expect(first).toBe('recorded')
  await Promise.all(held)
  expect((await search).items).toHaveLength(1)
})

test('goes on after a restart where it stood, also with what came meanwhile', async () => {
  const { taskId, events, cloudEvents } = newTask(60)
  await publish(cloudEvents.slice(0, 210))
  await untilHead(taskId, 210)
  expect((await call(getTaskAt, { taskId, at: 205 })).seq).toBe(205)
  await copy.stop()
  await publish(cloudEvents.slice(210))
  copy = await startCopy()
  await untilHead(taskId, events.length)
  expect((await call(getTaskAt, { taskId, at: events.length })).state).toEqual(fold(events))
})

test('two copies that share the stream lose nothing and count the heads right', async () => {
  const second = await startCopy()
  const three = [newTask(40), newTask(40), newTask(40)]
  for (const { taskId, cloudEvents } of three) orchestrator.histories.set(taskId, cloudEvents)
  await Promise.all(three.map(({ cloudEvents }) => publish(cloudEvents)))
  for (const { taskId, cloudEvents } of three) await untilHead(taskId, cloudEvents.length)
  await second.stop()
})

test('goes on when the stream is lost and filled again', async () => {
  const before = newTask(5)
  await publish(before.cloudEvents)
  await untilHead(before.taskId, before.cloudEvents.length)
  const manager = await admin.jetstreamManager()
  await manager.streams.delete(streams.events.name)
  await ensureStreams(admin)
  const after = newTask(5)
  // The relay of the orchestrator fills a lost stream from its tables: what is known comes again.
  await publish([...before.cloudEvents, ...after.cloudEvents])
  await untilHead(after.taskId, after.cloudEvents.length)
  expect(await stored(before.taskId)).toEqual(upTo(before.cloudEvents.length))
}, 120_000)

const factOf = (subject: string, seq: number, time: string): CloudEvent => ({
  specversion: '1.0',
  id: `${subject}:${seq}`,
  source: '/maestro/test',
  type: 'maestro.ProviderStateChanged',
  subject,
  time,
  datacontenttype: 'application/json',
  data: { provider: 'groq', reason: 'a quota is used up' },
  seq,
})
const publishFacts = async (facts: readonly CloudEvent[]) => {
  for (const fact of facts) {
    await admin.jetstream().publish(`maestro.event.${fact.subject}`, JSON.stringify(fact))
  }
}
const factsOf = async (subject: string) => {
  const rows = await sql<{ seq: number; at: number }[]>`
    select seq, at_ms as at from events where subject = ${subject} order by at_ms, seq`
  return rows.map(({ seq, at }) => [seq, new Date(at).toISOString()])
}
const long = { timeout: waitMsMax, interval: 100 }

test('keeps facts of the other streams once, also when their outbox began again at 1', async () => {
  const subject = 'provider.groq'
  const [older, newer] = ['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z']
  const facts = [factOf(subject, 1, older), factOf(subject, 2, older), factOf(subject, 1, newer)]
  await publishFacts([...facts, ...facts])
  await vi.waitFor(async () => {
    expect(await factsOf(subject)).toEqual([
      [1, older],
      [2, older],
      [1, newer],
    ])
  }, long)
})

test('a lost database is filled again: from the stream, and from the tasks that the stream has forgotten', async () => {
  const [old, recent] = [newTask(6), newTask(6)]
  const subject = 'budget.lost'
  orchestrator.histories.clear()
  orchestrator.histories.set(old.taskId, old.cloudEvents)
  orchestrator.histories.set(recent.taskId, recent.cloudEvents)
  await publish(recent.cloudEvents)
  await publishFacts([factOf(subject, 1, '2026-11-01T00:00:00.000Z')])
  await untilHead(recent.taskId, recent.cloudEvents.length)
  await copy.stop()
  await sql`truncate events, task_heads, step_agents, calls, snapshots, prunings, marks`
  copy = await startCopy()
  await untilHead(old.taskId, old.cloudEvents.length)
  await untilHead(recent.taskId, recent.cloudEvents.length)
  await vi.waitFor(async () => expect(await factsOf(subject)).toHaveLength(1), long)
  expect(await stored(recent.taskId)).toEqual(upTo(recent.cloudEvents.length))
  const [agents] = await sql<{ steps: number; named: number }[]>`
    select count(step_id)::int as steps, count(agent)::int as named from events
    where subject = ${old.taskId}`
  expect(agents?.named).toBe(agents?.steps)
}, 120_000)

test('what retention removed is said, stays away, and is counted', async () => {
  const { taskId, cloudEvents } = newTask(3)
  orchestrator.histories.set(taskId, cloudEvents)
  await publish(cloudEvents)
  await untilHead(taskId, cloudEvents.length)
  const endedAtMs = Date.parse(cloudEvents.at(-1)?.time ?? '')
  const [pruning, laterMs] = [createPruningStore({ sql }), Date.now() + 2 * 3_600_000]
  await pruning.pruneTasks(endedAtMs, laterMs)
  expect(await stored(taskId)).toHaveLength(cloudEvents.length)
  await pruning.pruneTasks(endedAtMs + 1, laterMs)
  await publish(cloudEvents)
  await expect(call(getTaskAt, { taskId, at: 3 })).rejects.toMatchObject({
    code: 'PRUNED',
    details: { known: { outcome: 'succeeded', events: cloudEvents.length } },
  })
  await expect(call(getTaskTimeline, { taskId })).rejects.toMatchObject({ code: 'PRUNED' })
  const after = newTask(1)
  await publish(after.cloudEvents)
  await untilHead(after.taskId, after.cloudEvents.length)
  expect(await stored(taskId)).toEqual([])
  const counted = await pruning.list()
  expect(counted.find(({ kind }) => kind === 'task')?.events).toBeGreaterThanOrEqual(
    cloudEvents.length,
  )
})

test('goes on when the server was killed', async () => {
  await server.kill9()
  await server.restart()
  const { taskId, cloudEvents } = newTask(5)
  await vi.waitFor(() => publish(cloudEvents), { timeout: waitMsMax })
  await untilHead(taskId, cloudEvents.length)
}, 120_000)
