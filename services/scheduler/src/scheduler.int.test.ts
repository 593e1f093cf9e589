import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import {
  QueueItem,
  enqueueTask,
  listQueueItems,
  listQueues,
  removeQueueItem,
} from '@maestro/contracts/queue/queue-endpoints'
import type { PlanDraft } from '@maestro/contracts/task/plan-draft'
import { queueEventData } from '@maestro/contracts/queue/queue-events'
import { createLogger } from '@maestro/service-kit/logger'
import { consumeEvents } from '@maestro/service-kit/consume-events'
import { Redis } from 'ioredis'
import { afterEach, expect, test, vi } from 'vitest'
import { newTaskOf, openTestScheduler, type TestScheduler, wishOf } from './open-test-scheduler.ts'

const log = createLogger({ service: 'scheduler', copy: 'test', level: 'silent' })
/** Far more than anything here takes, also on a machine that does other things. */
const eventually = { timeout: 50_000, interval: 20 }
const testMsMax = 180_000

let scheduler: TestScheduler
afterEach(() => scheduler.close())

const idOf = (name: string) => newTaskOf(name).taskId
const items = async () =>
  (await scheduler.call(listQueueItems, { queue: 'default', limit: 200 })).items
const statuses = async () =>
  Object.fromEntries((await items()).map(({ taskId, status }) => [taskId, status]))
const startedSoon = (...names: string[]) =>
  vi.waitFor(() => expect(scheduler.tasks.started).toEqual(names.map(idOf)), eventually)
const statusSoon = (name: string, status: string) =>
  vi.waitFor(async () => expect((await statuses())[idOf(name)]).toBe(status), eventually)

test(
  'with one slot the highest priority comes first, then whoever came first',
  { timeout: testMsMax },
  async () => {
    scheduler = await openTestScheduler({ slotsMax: 1 })
    await scheduler.startCopy('scheduler-1')
    const wishes = [
      wishOf('first', 'low'),
      wishOf('low', 'low'),
      wishOf('normal1'),
      wishOf('normal2'),
      wishOf('high1', 'high'),
      wishOf('high2', 'high'),
    ]
    for (const [index, wish] of wishes.entries()) {
      await scheduler.call(enqueueTask, wish)
      // The first one has the slot before the others come.
      if (index === 0) await startedSoon('first')
    }
    expect((await items()).map(({ taskId, position }) => [taskId, position])).toEqual([
      [idOf('first'), null],
      [idOf('high1'), 1],
      [idOf('high2'), 2],
      [idOf('normal1'), 3],
      [idOf('normal2'), 4],
      [idOf('low'), 5],
    ])
    const order = ['first', 'high1', 'high2', 'normal1', 'normal2', 'low']
    for (const [index, name] of order.entries()) {
      await startedSoon(...order.slice(0, index + 1))
      await scheduler.tasks.end(idOf(name))
    }
    await statusSoon('low', 'done')
  },
)

test(
  'two copies never fill more slots than there are, and every task starts once',
  { timeout: testMsMax },
  async () => {
    scheduler = await openTestScheduler({ slotsMax: 4 })
    await Promise.all([scheduler.startCopy('scheduler-1'), scheduler.startCopy('scheduler-2')])
    const names = Array.from({ length: 40 }, (_, index) => `t${index}`)
    await Promise.all(names.map((name) => scheduler.call(enqueueTask, wishOf(name))))
    let runningMost = 0
    while (scheduler.tasks.started.length < names.length) {
      await vi.waitFor(
        () => expect(scheduler.tasks.running().length).toBeGreaterThan(0),
        eventually,
      )
      const running = scheduler.tasks.running()
      runningMost = Math.max(runningMost, running.length)
      await Promise.all(running.map((taskId) => scheduler.tasks.end(taskId)))
    }
    for (const taskId of scheduler.tasks.running()) await scheduler.tasks.end(taskId)
    await vi.waitFor(async () => {
      const { items: queues } = await scheduler.call(listQueues, {})
      expect(queues).toEqual([
        { name: 'default', slotsMax: 4, waiting: 0, running: 0, oldestWaitMs: 0 },
      ])
    }, eventually)
    expect(runningMost).toBeLessThanOrEqual(4)
    expect(new Set(scheduler.tasks.started).size).toBe(names.length)
  },
)

test(
  'an enqueued task is enqueued once; another one under its id is refused',
  { timeout: testMsMax },
  async () => {
    scheduler = await openTestScheduler({ slotsMax: 1 })
    await scheduler.startCopy('scheduler-1')
    await scheduler.call(enqueueTask, wishOf('running'))
    await startedSoon('running')
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => scheduler.call(enqueueTask, wishOf('same'))),
    )
    expect(new Set(answers.map(({ itemId }) => itemId)).size).toBe(1)
    expect(answers[0]?.position).toBe(1)
    await expect(scheduler.call(enqueueTask, wishOf('same', 'high'))).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    })
    await expect(
      scheduler.call(enqueueTask, wishOf('same', 'normal', 'Another goal')),
    ).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' })
    await expect(
      scheduler.call(enqueueTask, { ...wishOf('other'), queue: 'nowhere' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await items()).toHaveLength(2)
  },
)

test(
  'a removed item never starts, and what runs cannot be removed',
  { timeout: testMsMax },
  async () => {
    scheduler = await openTestScheduler({ slotsMax: 1 })
    await scheduler.startCopy('scheduler-1')
    const running = await scheduler.call(enqueueTask, wishOf('running'))
    await startedSoon('running')
    const unwanted = await scheduler.call(enqueueTask, wishOf('unwanted'))
    await scheduler.call(enqueueTask, wishOf('next'))
    expect(await scheduler.call(removeQueueItem, { itemId: unwanted.itemId })).toMatchObject({
      status: 'removed',
      position: null,
    })
    await expect(scheduler.call(removeQueueItem, { itemId: running.itemId })).rejects.toMatchObject(
      { code: 'TASK_ENDED', details: { status: 'running' } },
    )
    await expect(scheduler.call(removeQueueItem, { itemId: 'item_none' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await scheduler.tasks.end(idOf('running'))
    await startedSoon('running', 'next')
  },
)

test(
  'a refused task fails with the reason and frees its slot; ends are told apart',
  { timeout: testMsMax },
  async () => {
    scheduler = await openTestScheduler({ slotsMax: 1 })
    await scheduler.startCopy('scheduler-1')
    await scheduler.call(enqueueTask, wishOf('bad', 'high', 'refuse me\u0007 please\nsecond line'))
    await scheduler.call(enqueueTask, wishOf('failing'))
    await scheduler.call(enqueueTask, wishOf('cancelled'))
    await startedSoon('failing')
    await scheduler.tasks.end(idOf('failing'), { type: 'TaskFailed' })
    await startedSoon('failing', 'cancelled')
    await scheduler.tasks.end(idOf('cancelled'), { type: 'TaskCancelled' })
    await statusSoon('cancelled', 'done')
    const byTask = new Map((await items()).map((item) => [item.taskId, item]))
    expect(byTask.get(idOf('bad'))).toMatchObject({ status: 'failed', title: 'refuse me please' })
    expect(byTask.get(idOf('bad'))?.reason).toContain('a cycle: a → b → a')
    expect(byTask.get(idOf('failing'))).toMatchObject({ status: 'failed', reason: 'because' })
    expect(byTask.get(idOf('cancelled'))?.reason).toContain('cancelled')
  },
)

test(
  'an orchestrator that is away costs no item and no order',
  { timeout: testMsMax },
  async () => {
    scheduler = await openTestScheduler({ slotsMax: 1 })
    await scheduler.tasks.down()
    await scheduler.startCopy('scheduler-1')
    for (const name of ['a', 'b', 'c']) await scheduler.call(enqueueTask, wishOf(name))
    await vi.waitFor(
      async () => expect((await items())[0]?.reason).toContain('does not answer'),
      eventually,
    )
    await scheduler.tasks.up()
    await startedSoon('a')
    await scheduler.tasks.end(idOf('a'))
    await startedSoon('a', 'b')
    await scheduler.tasks.end(idOf('b'))
    await startedSoon('a', 'b', 'c')
  },
)

test(
  'a Redis that forgot everything is filled again from Postgres, in order',
  { timeout: testMsMax },
  async () => {
    scheduler = await openTestScheduler({ slotsMax: 1 })
    await scheduler.startCopy('scheduler-1')
    await scheduler.call(enqueueTask, wishOf('running'))
    await startedSoon('running')
    for (const name of ['b', 'c']) await scheduler.call(enqueueTask, wishOf(name))
    await scheduler.call(enqueueTask, wishOf('a', 'high'))
    const redis = new Redis(scheduler.redis.url)
    await redis.flushall()
    await redis.quit()
    await scheduler.tasks.end(idOf('running'))
    await startedSoon('running', 'a')
    await scheduler.tasks.end(idOf('a'))
    await startedSoon('running', 'a', 'b')
    await scheduler.tasks.end(idOf('b'))
    await startedSoon('running', 'a', 'b', 'c')
  },
)

test(
  'while Redis is down items are taken, and they start when it is back',
  { timeout: testMsMax },
  async () => {
    scheduler = await openTestScheduler({ slotsMax: 2 })
    await scheduler.startCopy('scheduler-1')
    await scheduler.call(enqueueTask, wishOf('before'))
    await startedSoon('before')
    await scheduler.redis.kill9()
    const { position } = await scheduler.call(enqueueTask, wishOf('during'))
    expect(position).toBe(1)
    await scheduler.redis.restart()
    await startedSoon('before', 'during')
  },
)

test(
  'a restart in the middle loses nothing and starts nothing twice',
  { timeout: testMsMax },
  async () => {
    scheduler = await openTestScheduler({ slotsMax: 2 })
    const first = await scheduler.startCopy('scheduler-1')
    for (const name of ['a', 'b', 'c', 'd']) await scheduler.call(enqueueTask, wishOf(name))
    await startedSoon('a', 'b')
    await first.stop()
    // Ends while nobody listens: its event waits in the stream.
    await scheduler.tasks.end(idOf('a'))
    // As if the copy had died after it took the slot and before it asked for the task.
    await scheduler.sql`
    update items set status = 'starting', claimed_by = 'scheduler-1', claimed_at = now()
    where task_id = ${idOf('c')}`
    await scheduler.startCopy('scheduler-1')
    await startedSoon('a', 'b', 'c')
    await scheduler.tasks.end(idOf('b'))
    await startedSoon('a', 'b', 'c', 'd')
    await scheduler.tasks.end(idOf('c'))
    await scheduler.tasks.end(idOf('d'))
    await statusSoon('d', 'done')
    expect(await statuses()).toEqual({
      [idOf('a')]: 'done',
      [idOf('b')]: 'done',
      [idOf('c')]: 'done',
      [idOf('d')]: 'done',
    })
  },
)

test(
  'a task whose end event was lost frees its slot all the same',
  { timeout: testMsMax },
  async () => {
    scheduler = await openTestScheduler({ slotsMax: 1 })
    await scheduler.startCopy('scheduler-1')
    await scheduler.call(enqueueTask, wishOf('quiet'))
    await startedSoon('quiet')
    await scheduler.call(enqueueTask, wishOf('next'))
    await scheduler.tasks.end(idOf('quiet'), { isSilent: true })
    scheduler.clock.aheadMs = 120_000
    await startedSoon('quiet', 'next')
    expect((await statuses())[idOf('quiet')]).toBe('done')
  },
)

test(
  'the starter is who enqueued it, and every move is told once, in order',
  { timeout: testMsMax },
  async () => {
    scheduler = await openTestScheduler({ slotsMax: 1 })
    await scheduler.startCopy('scheduler-1')
    const events: CloudEvent[] = []
    const consumer = await consumeEvents({
      nats: scheduler.gatewayNats,
      log,
      durable: 'test-queue',
      filterSubject: 'maestro.event.queue.*',
      handle: (batch) => {
        events.push(...batch)
        return Promise.resolve()
      },
    })
    await scheduler.call(enqueueTask, wishOf('a'), { actor: { kind: 'person', id: 'ada' } })
    await startedSoon('a')
    expect(scheduler.tasks.contexts[0]?.actor).toEqual({ kind: 'person', id: 'ada' })
    await statusSoon('a', 'running')
    await scheduler.tasks.end(idOf('a'))
    await vi.waitFor(() => expect(events).toHaveLength(4), eventually)
    const moves = events.map((event) => queueEventData.QueueItemMoved.parse(event.data))
    expect(moves.map(({ from, item }) => [from, item.status])).toEqual([
      [null, 'waiting'],
      ['waiting', 'starting'],
      ['starting', 'running'],
      ['running', 'done'],
    ])
    expect(events.map(({ id, seq, type }) => [id, seq, type])).toEqual(
      [1, 2, 3, 4].map((seq) => [`queue.default:${seq}`, seq, 'maestro.QueueItemMoved']),
    )
    await consumer.stop()
    expect(QueueItem.parse((await items())[0]).endedAt).not.toBeNull()
  },
)

const brokenPlan: PlanDraft = {
  agents: [{ name: 'a', prompt: 'p', description: 'd', tools: ['rm_rf'], suggestions: [] }],
  steps: [
    {
      name: 's',
      title: 'S',
      agent: 'a',
      instruction: 'i',
      needs: ['s'],
      inputs: [],
      promise: { description: 'x', format: 'markdown', from: 'answer' },
      retriesMax: 1,
    },
  ],
  result: null,
}
const brokenWish = (name: string) => ({
  ...wishOf(name),
  task: { ...newTaskOf(name), plan: brokenPlan },
})

test(
  'a plan that can never start is refused at once, and nothing is put in line',
  { timeout: testMsMax },
  async () => {
    scheduler = await openTestScheduler({ slotsMax: 1 })
    await scheduler.startCopy('scheduler-1')
    await expect(scheduler.call(enqueueTask, brokenWish('broken'))).rejects.toMatchObject({
      code: 'PLAN_INVALID',
      details: { count: 2, problems: [expect.stringContaining('rm_rf'), expect.any(String)] },
    })
    expect(await items()).toEqual([])
  },
)

test(
  'while the orchestrator is away a plan is taken as it is: its start will find out',
  { timeout: testMsMax },
  async () => {
    scheduler = await openTestScheduler({ slotsMax: 1 })
    await scheduler.startCopy('scheduler-1')
    await scheduler.tasks.down()
    await scheduler.call(enqueueTask, brokenWish('unchecked'))
    expect(await statuses()).toHaveProperty(idOf('unchecked'))
  },
)
