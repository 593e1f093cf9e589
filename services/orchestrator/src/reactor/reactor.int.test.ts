import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { createLogger } from '@maestro/service-kit/logger'
import { newTaskId } from '@maestro/service-kit/new-id'
import type { BornTask } from '@maestro/task-model/task'
import { startCutProxy } from '@maestro/testkit/infrastructure/cut-proxy'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openTestReactor } from '../testing/open-test-reactor.ts'
import { openTestStore, type TestCopy, type TestStore } from '../testing/open-test-store.ts'
import { noFacts, type RouterPeer, startRouterPeer } from '../testing/router-peer.ts'
import {
  approval,
  cancellation,
  control,
  creation,
  planNeeding,
  stepAnswer,
  stepPlaceOf,
} from '../testing/task-commands.ts'
import { type RunEffect, startReactor } from './reactor.ts'

let bus: PrivateNats
let store: TestStore
let router: RouterPeer
let look: TestCopy
const closing: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  bus = await startPrivateNats()
  store = await openTestStore()
  look = store.openCopy('look')
  const nats = await connectNats(bus.env('admin'), 'router')
  router = await startRouterPeer(nats)
})
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
  router.answerWith(() => ({ text: 'done' }))
  // What is left of a test must not run in the next one.
  await look.sql`truncate effects, copies`
})
afterAll(async () => {
  await router.stop()
  await store.close()
  await bus.stop()
})

/** Time enough for a busy machine to ask for the first call, or to pause the task. */
const durationMs = 3_000

const openCopy = async (name: string, options: Parameters<typeof openTestReactor>[2] = {}) => {
  const copy = store.openCopy(name)
  const { reactor, stop } = await openTestReactor(copy, bus, options)
  let stopped: Promise<void> | null = null
  const stopOnce = () => (stopped ??= stop())
  closing.push(stopOnce)
  return { ...copy, reactor, stop: stopOnce }
}

const stateOf = async (taskId: TaskId): Promise<BornTask> => {
  const task = (await look.cache.refresh([taskId])).get(taskId)
  if (!task || task.status === 'unborn') throw new Error('no such task')
  return task
}
const becomes = (taskId: TaskId, status: BornTask['status']) =>
  expect.poll(async () => (await stateOf(taskId)).status, { timeout: 45_000 }).toBe(status)
const typesOf = async (taskId: TaskId) =>
  (await look.events.read(taskId, 0, 1_000)).map(({ type }) => type)
const asksOf = (taskId: TaskId) => router.asked.filter((work) => work.taskId === taskId)

test('effects of a copy that died are run by another, those of a living one are not', async () => {
  const dead = store.openCopy('dead')
  await dead.effects.beat(60_000)
  const taskId = newTaskId()
  await dead.commands.handle(creation(taskId))
  const { effects } = await openCopy('alive')
  expect((await effects.take(100)).effects).toEqual([])
  // It stops beating.
  await dead.effects.beat(0)
  await becomes(taskId, 'succeeded')
  expect(asksOf(taskId).map(({ ask }) => ask)).toEqual([1_001, 1])
})

test('a copy that knows an old state of a task runs what a dead one has left of it', async () => {
  const dead = store.openCopy('dead')
  await dead.effects.beat(60_000)
  const alive = await openCopy('alive')
  const taskId = newTaskId()
  await dead.commands.handle(creation(taskId))
  expect((await alive.cache.load([taskId])).get(taskId)).toMatchObject({ status: 'running' })
  await dead.commands.handle(stepAnswer(taskId, 'a'))
  await dead.effects.beat(0)
  await becomes(taskId, 'succeeded')
  expect(asksOf(taskId).map(({ stepId }) => stepId)).toEqual(['step_b'])
})

test('what waits for the database goes on when it answers again, however long it meant to wait', async () => {
  const proxy = await startCutProxy(store.url)
  closing.push(() => proxy.close())
  const { effects, sql } = store.openCopy('cut off', { url: proxy.url })
  const done = Promise.withResolvers<void>()
  let runs = 0
  const anHour = 3_600_000
  const reactor = await startReactor({
    store: effects,
    run: async () => {
      runs += 1
      await sql`select 1`
      done.resolve()
    },
    giveUp: (_, error) => Promise.reject(error),
    traceparentOf: async () => undefined,
    log: createLogger({ service: 'orchestrator', copy: 'test', level: 'silent' }),
    retryMsMin: anHour,
    outageRetryMsMax: anHour,
  })
  closing.push(() => reactor.stop())
  await proxy.cut()
  const taskId = newTaskId()
  const place = stepPlaceOf(taskId, 'a')
  reactor.handOver([
    { taskId, effect: { kind: 'call', id: `call:${place.callId}`, dueAt: null, place } },
  ])
  await expect.poll(() => runs).toBe(1)
  await proxy.mend()
  await done.promise
})

test('an approval that nobody decides expires, and its task ends', async () => {
  const { commands } = await openCopy('one')
  const taskId = newTaskId()
  const eightDaysAgo = new Date(Date.now() - 8 * 24 * 3_600_000).toISOString()
  await commands.handle(
    creation(taskId, { at: eightDaysAgo, options: { autonomy: 'approve-plan' } }),
  )
  await becomes(taskId, 'cancelled')
  expect((await typesOf(taskId)).slice(-2)).toEqual(['ApprovalExpired', 'TaskCancelled'])
  const all = await look.lists.approvals({ status: 'all', limit: 200 })
  expect(all.find((row) => row.taskId === taskId)).toMatchObject({ status: 'expired' })
  expect(await look.sql`select 1 from effects where task_id = ${taskId}`).toHaveLength(0)
})

test('the time limit ends a task whose model never answers, and its call is stopped', async () => {
  const { commands } = await openCopy('one')
  router.answerWith(() => null)
  const taskId = newTaskId()
  await commands.handle(creation(taskId, { options: { limits: { durationMs } } }))
  await becomes(taskId, 'failed')
  expect((await stateOf(taskId)).failure).toContain('time limit')
  const { callId } = stepPlaceOf(taskId, 'a')
  await expect.poll(() => router.cancelled).toContain(callId)
  // The router says what came of it; the money is booked, and nothing is left to do.
  const [work] = asksOf(taskId)
  if (!work) throw new Error('it was never asked')
  const failure = { class: 'cancelled' as const, message: 'The call was cancelled.', refusal: null }
  router.answer(work, { reply: { outcome: 'failed', callId, failure, facts: noFacts } })
  await expect
    .poll(() => look.sql`select effect_id from effects where task_id = ${taskId}`)
    .toHaveLength(0)
  expect((await typesOf(taskId)).at(-1)).toBe('CallFailed')
})

test('time that a task waits for people is not counted, and the limit holds again afterwards', async () => {
  const { commands } = await openCopy('one')
  router.answerWith(() => null)
  const taskId = newTaskId()
  await commands.handle(creation(taskId, { options: { limits: { durationMs } } }))
  await commands.handle(control(taskId, 'PauseTask'))
  await expect
    .poll(() => look.sql`select 1 from effects where effect_id = 'check-duration'`)
    .toHaveLength(0)
  expect((await stateOf(taskId)).status).toBe('paused')
  await commands.handle(control(taskId, 'ResumeTask'))
  await becomes(taskId, 'failed')
})

test('a task that is cancelled while its call runs books the answer that comes late', async () => {
  const { commands } = await openCopy('one')
  router.answerWith(() => null)
  const taskId = newTaskId()
  await commands.handle(creation(taskId))
  await expect.poll(() => asksOf(taskId)).toHaveLength(1)
  await commands.handle(cancellation(taskId))
  const [work] = asksOf(taskId)
  if (work) router.answer(work, { text: 'too late' })
  await expect.poll(async () => (await stateOf(taskId)).totals.calls).toBe(1)
  const state = await stateOf(taskId)
  expect(state).toMatchObject({ status: 'cancelled', result: null })
})

test('a tool that the agent was not given is refused, and so are arguments that break the schema: the model is told both', async () => {
  const { commands, payloads } = await openCopy('one')
  router.answerWith(({ stepId, messages }) =>
    stepId === 'step_a' && messages.length === 2
      ? {
          finish: 'tool_calls',
          toolCalls: [
            { id: 't1', name: 'run_javascript', argumentsText: '{}' },
            { id: 't2', name: 'read_input', argumentsText: 'no JSON' },
          ],
        }
      : { text: 'done' },
  )
  const taskId = newTaskId()
  const plan = planNeeding({ a: [] }, { tools: ['read_input'] })
  await commands.handle(creation(taskId, { plan }))
  await becomes(taskId, 'succeeded')
  const events = await look.events.read(taskId, 0, 100)
  const refusalOf = (toolCallId: string) => {
    const refused = events.find(
      ({ type, data }) => type === 'ToolRefused' && data.toolCallId === toolCallId,
    )
    if (refused?.type !== 'ToolRefused') throw new Error('none')
    return refused.data.result.sha256
  }
  expect(await payloads.readText(refusalOf('t1'))).toContain('no tool')
  expect(await payloads.readText(refusalOf('t2'))).toContain('no JSON')
  // The second question carries both answers, in the order of the calls.
  const tools = asksOf(taskId)[1]?.messages.filter(({ role }) => role === 'tool')
  expect(tools).toMatchObject([
    { toolCallId: 't1', content: [{ ref: { sha256: refusalOf('t1') } }] },
    { toolCallId: 't2', content: [{ ref: { sha256: refusalOf('t2') } }] },
  ])
})

test('an answer that cannot be read fails its step with a reason, and what it cost is booked', async () => {
  const { commands } = await openCopy('one')
  router.answerWith(({ callId }) => {
    const answerRef = { ...missing, sha256: 'f'.repeat(64) }
    const facts = { ...noFacts, usage: { ...noFacts.usage, outputTokens: 7 } }
    // Too large for a message, and its text is gone.
    return { reply: { outcome: 'answered', callId, answer: null, answerRef, facts } }
  })
  const taskId = newTaskId()
  await commands.handle(creation(taskId))
  await becomes(taskId, 'failed')
  const state = await stateOf(taskId)
  expect(state.failure).toContain('Something broke inside Maestro')
  expect(state.totals.outputTokens).toBe(7)
})

test('an effect that fails for ever without an outage is answered as a failure', async () => {
  let tries = 0
  const through =
    (run: RunEffect): RunEffect =>
    (leased, signal) => {
      if (leased.effect.kind !== 'call') return run(leased, signal)
      tries += 1
      throw new TypeError('a defect')
    }
  const { commands } = await openCopy('one', { through })
  const taskId = newTaskId()
  await commands.handle(creation(taskId))
  await becomes(taskId, 'failed')
  expect(tries).toBe(6)
  expect((await stateOf(taskId)).failure).toContain('Something broke inside Maestro')
})

test('an outage is waited out, however often it is met', async () => {
  let tries = 0
  const through =
    (run: RunEffect): RunEffect =>
    (leased, signal) => {
      tries += 1
      if (tries < 9) throw new AppError('UNAVAILABLE')
      return run(leased, signal)
    }
  const { commands } = await openCopy('one', { through })
  const taskId = newTaskId()
  await commands.handle(creation(taskId, { plan: planNeeding({ a: [] }) }))
  await becomes(taskId, 'succeeded')
})

test('what is leased to a copy that was never handed it is found', async () => {
  const { sql, owner, reactor } = await openCopy('one')
  // As after a commit whose answer was lost: the lease is this copy's, and its command handler knows nothing.
  const unheard = store.openCopy('unheard')
  await unheard.effects.beat(60_000)
  const taskId = newTaskId()
  await unheard.commands.handle(creation(taskId))
  await sql`update effects set owner = ${owner} where task_id = ${taskId} and owner is not null`
  reactor.lookForStranded()
  await becomes(taskId, 'succeeded')
})

test('an effect that is handed over twice runs once', async () => {
  let running = 0
  let runningMax = 0
  const through =
    (run: RunEffect): RunEffect =>
    async (leased, signal) => {
      running += 1
      runningMax = Math.max(runningMax, running)
      await run(leased, signal)
      running -= 1
    }
  const { commands, committed, reactor } = await openCopy('one', { through })
  router.answerWith(() => null)
  const taskId = newTaskId()
  await commands.handle(creation(taskId))
  reactor.handOver(committed.flatMap(({ effects }) => effects))
  await expect.poll(() => asksOf(taskId)).toHaveLength(1)
  expect(runningMax).toBe(1)
})

test('a copy that stops leaves its effects to others at once', async () => {
  router.answerWith(() => null)
  const first = await openCopy('first')
  const taskId = newTaskId()
  await first.commands.handle(creation(taskId))
  await expect.poll(() => asksOf(taskId)).toHaveLength(1)
  router.answerWith(() => ({ text: 'done' }))
  await openCopy('second')
  const startedAt = performance.now()
  await first.stop()
  expect(performance.now() - startedAt).toBeLessThan(4_000)
  await becomes(taskId, 'succeeded')
})

test('steps that need a person each run when they are approved', async () => {
  const { commands } = await openCopy('one')
  const taskId = newTaskId()
  await commands.handle(creation(taskId, { options: { autonomy: 'approve-steps' } }))
  await commands.handle(approval(taskId, 'plan-v1'))
  for (const step of ['step-a', 'step-b']) {
    await expect
      .poll(async () =>
        Object.keys((await stateOf(taskId)).approvals).some((id) => id.endsWith(step)),
      )
      .toBe(true)
    await commands.handle(approval(taskId, step))
  }
  await becomes(taskId, 'succeeded')
})

const missing = {
  service: 'llm-router' as const,
  bytes: 10,
  mediaType: 'application/json',
  preview: '',
}
