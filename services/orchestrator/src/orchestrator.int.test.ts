import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { llmWorkConsumer, streams } from '@maestro/contracts/bus/streams'
import { subjectOf } from '@maestro/contracts/endpoint'
import { llmWorkSubject } from '@maestro/contracts/bus/subjects'
import { StepId, type TaskId } from '@maestro/contracts/ids'
import { CallWork } from '@maestro/contracts/llm/call-work'
import type { Answer } from '@maestro/contracts/llm/chat'
import { noUsage } from '@maestro/contracts/money/cost-of'
import { noMoney } from '@maestro/contracts/money/nano-usd'
import {
  listBookmarks,
  removeBookmark,
  setBookmark,
} from '@maestro/contracts/task/bookmark-endpoints'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import {
  createTask,
  getTask,
  getTaskEvents,
  listTasks,
  pauseTask,
  resumeTask,
  skipStep,
} from '@maestro/contracts/task/task-endpoints'
import { defaultTaskOptions } from '@maestro/contracts/task/task-options'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { AckPolicy, DeliverPolicy } from '@maestro/service-kit/nats'
import { newTaskId } from '@maestro/service-kit/new-id'
import { payloadOf } from '@maestro/service-kit/payload'
import { fold } from '@maestro/task-model/fold'
import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { createPatientCaller } from '@maestro/service-kit/testing/create-patient-caller'
import {
  type ServiceProcess,
  startServiceProcess,
} from '@maestro/testkit/services/start-service-process'
import { afterAll, beforeAll, expect, test } from 'vitest'

const database = await createTestDatabase()
const bus = await startPrivateNats()
const nats = await connectNats(bus.env('admin'), 'test')
const call = createPatientCaller({ nats, service: 'gateway' })

const environment = (copy: string) => ({
  ...bus.env('orchestrator'),
  POSTGRES_URL: database.url,
  COPY_NAME: copy,
  LOG_LEVEL: 'info',
})
let orchestrator: ServiceProcess
/** Calls that were asked for, in order; each is answered by `answerOf`. */
const asked: CallWork[] = []
let answerOf: (work: CallWork) => Partial<Answer> | null = () => ({ text: 'done' })

/** A peer on the bus in the router's place: it takes work and answers what the test says. */
const answerWork = async () => {
  const manager = await nats.jetstreamManager()
  await manager.consumers.add(streams.llmWork.name, {
    durable_name: llmWorkConsumer('normal'),
    filter_subject: llmWorkSubject('normal'),
    ack_policy: AckPolicy.Explicit,
  })
  const consumer = await nats
    .jetstream()
    .consumers.get(streams.llmWork.name, llmWorkConsumer('normal'))
  for await (const message of await consumer.consume()) {
    const work = CallWork.parse(message.json())
    message.ack()
    asked.push(work)
    const said = answerOf(work)
    if (said === null) continue
    const answer: Answer = {
      text: '',
      reasoning: '',
      toolCalls: [],
      finish: 'stop',
      providerParts: null,
      ...said,
    }
    const answerRef = payloadOf('llm-router', JSON.stringify(answer), 'application/json').ref
    const facts = {
      provider: 'rehearsal',
      model: 'rehearsal-1',
      usage: noUsage,
      costNanoUsd: noMoney,
      latencyMs: 1,
      firstTokenMs: null,
      attempts: [],
    }
    const reply = { outcome: 'answered', callId: work.callId, answer, answerRef, facts }
    nats.publish(work.replyTo, JSON.stringify(reply))
  }
}

beforeAll(async () => {
  orchestrator = await startServiceProcess('orchestrator', environment('orchestrator-1'))
  void answerWork()
})
afterAll(async () => {
  await orchestrator.stop()
  await nats.close()
  await bus.stop()
  await database.drop()
})

const diamond = {
  agents: [
    {
      name: 'worker',
      prompt: 'Work.',
      description: 'Works.',
      tools: ['read_input'],
      suggestions: [],
    },
  ],
  steps: ['a', 'b', 'c', 'd'].map((name) => ({
    name,
    title: `Step ${name}`,
    agent: 'worker',
    instruction: `Do ${name}.`,
    needs: name === 'a' ? [] : name === 'd' ? ['b', 'c'] : ['a'],
    inputs: [],
    promise: { description: 'a word', format: 'text' as const, from: 'answer' as const },
    retriesMax: 1,
  })),
  result: 'd',
}

const create = (taskId: TaskId, goal = 'Do it') =>
  call(createTask, { taskId, goal, inputs: [], options: defaultTaskOptions, plan: diamond })

const ended = async (taskId: TaskId) => {
  await expect
    .poll(async () => (await call(getTask, { taskId })).state['status'], { timeout: 45_000 })
    .toMatch(/succeeded|failed|cancelled/)
  return (await call(getTask, { taskId })).state
}

const published = async (taskId: TaskId): Promise<CloudEvent[]> => {
  const manager = await nats.jetstreamManager()
  const subject = `maestro.event.task.${taskId}`
  const { num_pending: count } = await manager.consumers.add(streams.events.name, {
    name: `look-${taskId}-${asked.length}-${Math.random().toString(36).slice(2)}`,
    filter_subject: subject,
    deliver_policy: DeliverPolicy.All,
    ack_policy: AckPolicy.None,
    inactive_threshold: 10_000_000_000,
  })
  const messages: CloudEvent[] = []
  const consumer = await nats
    .jetstream()
    .consumers.get(streams.events.name, { filterSubjects: subject })
  if (count === 0) return messages
  for await (const message of await consumer.consume()) {
    messages.push(message.json())
    if (messages.length === count) break
  }
  return messages
}

test('a given plan runs to its end, and every event is on the bus once, in order', async () => {
  const taskId = newTaskId()
  await create(taskId)
  const state = await ended(taskId)
  expect(state['status']).toBe('succeeded')
  expect(asked.filter((work) => work.taskId === taskId)).toHaveLength(4)

  await expect.poll(async () => (await published(taskId)).length).toBe(state['seq'])
  const events = (await published(taskId)).flatMap((event) => fromCloudEvent(event) ?? [])
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(JSON.stringify(fold(events))).toBe(JSON.stringify(state))
})

test('the same task id again changes nothing, and another content under it is refused', async () => {
  const taskId = newTaskId()
  await create(taskId)
  await ended(taskId)
  const { seq } = await create(taskId)
  expect(seq).toBe((await call(getTask, { taskId })).seq)
  await expect(create(taskId, 'Another goal')).rejects.toMatchObject({
    code: 'IDEMPOTENCY_CONFLICT',
  })
})

test('a paused task starts nothing new, and goes on where it stood', async () => {
  const taskId = newTaskId()
  let paused: Promise<unknown> = Promise.resolve()
  answerOf = (work) => {
    if (work.taskId === taskId && work.stepId === 'step_a') {
      paused = call(pauseTask, { taskId, expectedSeq: null })
      return null
    }
    return { text: 'done' }
  }
  await create(taskId)
  await expect.poll(() => asked.some((work) => work.taskId === taskId)).toBe(true)
  await paused
  expect((await call(getTask, { taskId })).state['status']).toBe('paused')
  answerOf = () => ({ text: 'done' })
  await call(resumeTask, { taskId, expectedSeq: null })
  // Step a was never answered: after a crash its call is asked for again and only once more.
  await orchestrator.kill9()
  orchestrator = await startServiceProcess('orchestrator', environment('orchestrator-1'))
  expect((await ended(taskId))['status']).toBe('succeeded')
  const asksOfA = asked.filter((work) => work.taskId === taskId && work.stepId === 'step_a')
  expect(asksOfA.map(({ callId }) => callId)).toEqual([asksOfA[0]?.callId, asksOfA[0]?.callId])
  expect(new Set(asksOfA.map(({ ask }) => ask)).size).toBe(2)
})

test('a step that has not begun is left out by a person, whose reason stays with it', async () => {
  const taskId = newTaskId()
  const reason = 'we know that already'
  const skip = (stepId: string) =>
    call(skipStep, { taskId, stepId: StepId.parse(stepId), reason, expectedSeq: null })
  let skipped: Promise<unknown> = Promise.resolve()
  answerOf = (work) => {
    if (work.taskId === taskId && work.stepId === 'step_a') {
      skipped = skip('step_b')
      return null
    }
    return { text: 'done' }
  }
  await create(taskId)
  await expect.poll(() => asked.some((work) => work.taskId === taskId)).toBe(true)
  await skipped
  await expect(skip('step_a')).rejects.toMatchObject({ code: 'STEP_NOT_SKIPPABLE' })
  await expect(skip('step_x')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const silent = { taskId, stepId: StepId.parse('step_c'), reason: ' ', expectedSeq: null }
  await expect(call(skipStep, silent)).rejects.toThrow()
  answerOf = () => ({ text: 'done' })
  await orchestrator.kill9()
  orchestrator = await startServiceProcess('orchestrator', environment('orchestrator-1'))
  const state = await ended(taskId)
  expect(state).toMatchObject({
    status: 'succeeded',
    steps: { step_b: { status: 'skipped', skipReason: reason } },
  })
  expect(asked.filter((work) => work.taskId === taskId && work.stepId === 'step_b')).toEqual([])
})

test('a task that has ended takes bookmarks and lets them go, and refuses names and places that are none', async () => {
  const taskId = newTaskId()
  await create(taskId)
  const { seq } = await ended(taskId)
  const position = Number(seq)
  await call(setBookmark, { taskId, name: 'the end', position })
  await call(setBookmark, { taskId, name: 'the beginning', position: 1 })
  const names = async () => (await call(listBookmarks, { taskId })).items.map(({ name }) => name)
  expect(await names()).toEqual(['the beginning', 'the end'])
  await call(removeBookmark, { taskId, name: 'the end' })
  expect(await names()).toEqual(['the beginning'])
  const head = position + 3
  const beyond = call(setBookmark, { taskId, name: 'never', position: 9_999 })
  await expect(beyond).rejects.toMatchObject({ code: 'AFTER_BEYOND_HEAD', details: { head } })
  const subject = subjectOf(setBookmark)
  const long = JSON.stringify({ taskId, name: 'x'.repeat(10_000), position: 1 })
  const refused = JSON.parse((await nats.request(subject, long)).string())
  expect(refused).toMatchObject({ code: 'INVALID_INPUT' })
})

test('a plan with a circle is refused whole', async () => {
  const taskId = newTaskId()
  const circle = { ...diamond, steps: diamond.steps.map((step) => ({ ...step, needs: ['d'] })) }
  await expect(
    call(createTask, { taskId, goal: 'x', inputs: [], options: defaultTaskOptions, plan: circle }),
  ).rejects.toMatchObject({ code: 'PLAN_INVALID' })
  await expect(call(getTask, { taskId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('an unknown task and a position beyond the head are said so', async () => {
  const taskId = newTaskId()
  await expect(call(getTaskEvents, { taskId, after: 0, limit: 10 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await create(taskId)
  const { seq } = (await ended(taskId)) as { seq: number }
  await expect(call(getTaskEvents, { taskId, after: seq + 1, limit: 10 })).rejects.toMatchObject({
    code: 'AFTER_BEYOND_HEAD',
    details: { head: seq },
  })
})

test(
  'two copies share the work of forty tasks, and every task ends',
  { timeout: 120_000 },
  async () => {
    const second = await startServiceProcess('orchestrator', environment('orchestrator-2'))
    const taskIds = Array.from({ length: 40 }, () => newTaskId())
    await Promise.all(taskIds.map((taskId) => create(taskId)))
    const states = await Promise.all(taskIds.map(ended))
    expect(states.map((state) => state['status'])).toEqual(taskIds.map(() => 'succeeded'))
    await second.stop()
    const { items } = await call(listTasks, {
      status: 'succeeded',
      q: null,
      cursor: null,
      limit: 200,
    })
    expect(taskIds.every((taskId) => items.some((item) => item.taskId === taskId))).toBe(true)
    for (const taskId of taskIds) {
      const head = (await call(getTask, { taskId })).seq
      await expect
        .poll(async () => (await published(taskId)).map(({ seq }) => seq))
        .toEqual(Array.from({ length: head }, (_, index) => index + 1))
    }
  },
)
