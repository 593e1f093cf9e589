import { liveSubject, taskEventSubject } from '@maestro/contracts/bus/subjects'
import { liveTopicsMax } from '@maestro/contracts/gateway/live-feed'
import type { CallId, TaskId } from '@maestro/contracts/ids'
import type { LiveDelta } from '@maestro/contracts/llm/live-delta'
import { connectNats } from '@maestro/service-kit/connect-nats'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { newTaskId } from '@maestro/service-kit/new-id'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectLive, range, seqsOf } from '../testing/live-client.ts'
import { signedIn, startTestGateway } from '../testing/test-gateway.ts'
import { startTinyOrchestrator, type TinyOrchestrator } from '../testing/tiny-orchestrator.ts'

// Its own: on a bus that others share, their orchestrators would answer half of what is asked here.
let bus: PrivateNats
let orchestrator: TinyOrchestrator
let gateway: Awaited<ReturnType<typeof startTestGateway>>
let router: NatsConnection
let address: string

beforeAll(async () => {
  bus = await startPrivateNats()
  orchestrator = await startTinyOrchestrator(bus.env('orchestrator'))
  gateway = await startTestGateway({ natsEnv: bus.env('gateway'), bufferedMax: 1024 * 1024 })
  router = await connectNats(bus.env('llm-router'), 'router-of-the-test')
  address = await gateway.listen()
})
afterAll(async () => {
  await gateway?.stop()
  await orchestrator?.stop()
  await router?.close()
  await bus?.stop()
})

const bornTask = (events = 1): TaskId => {
  const taskId = newTaskId()
  for (let count = 0; count < events; count += 1) orchestrator.happen(taskId, 'TaskStepped')
  return taskId
}

const watch = async (taskId: TaskId, after?: number) => {
  const client = await connectLive(address)
  const topic = `task:${taskId}`
  client.send({ op: 'subscribe', topic, ...(after === undefined ? {} : { after }) })
  await client.until(() => client.of('head').length > 0)
  return { client, topic }
}

describe('events of a task', () => {
  test('come from after a position on, dense and in order, and the head is told', async () => {
    const taskId = bornTask(3)
    const { client, topic } = await watch(taskId, 1)
    expect(client.of('head')[0]).toEqual({ op: 'head', topic, seq: 3 })
    orchestrator.happen(taskId, 'TaskPaused')
    await client.until(() => client.events(topic).length === 3)
    expect(seqsOf(client, topic)).toEqual([2, 3, 4])
    expect(client.events(topic).at(-1)?.event).toMatchObject({
      type: 'maestro.TaskPaused',
      subject: taskId,
    })
    client.close()
  })

  test('without a position come from the head on', async () => {
    const taskId = bornTask(5)
    const { client, topic } = await watch(taskId)
    orchestrator.happen(taskId, 'TaskPaused')
    await client.until(() => client.events(topic).length === 1)
    expect(seqsOf(client, topic)).toEqual([6])
    client.close()
  })

  test('of which 500 happen while a client catches up all arrive once, in order', async () => {
    const taskId = bornTask(700)
    const client = await connectLive(address)
    const topic = `task:${taskId}`
    client.send({ op: 'subscribe', topic, after: 0 })
    for (let count = 0; count < 500; count += 1) orchestrator.happen(taskId, 'TaskStepped')
    await client.until(() => client.events(topic).at(-1)?.seq === 1_200)
    expect(seqsOf(client, topic)).toEqual(range(1, 1_200))
    // What was due together left together.
    expect(client.frames.length).toBeLessThan(400)
    client.close()
  })

  test('go on without a gap after the connection was cut', async () => {
    const taskId = bornTask(2)
    const first = await watch(taskId, 0)
    orchestrator.happen(taskId, 'TaskStepped')
    await first.client.until(() => first.client.events(first.topic).length === 3)
    first.client.socket.terminate()
    for (let count = 0; count < 20; count += 1) orchestrator.happen(taskId, 'TaskStepped')
    const second = await watch(taskId, 3)
    orchestrator.happen(taskId, 'TaskStepped')
    await second.client.until(() => second.client.events(second.topic).at(-1)?.seq === 24)
    expect(seqsOf(second.client, second.topic)).toEqual(range(4, 24))
    second.client.close()
  })

  test('are the same at every gateway: who goes on at another one has each of them once', async () => {
    const beside = await startTestGateway({ natsEnv: bus.env('gateway') })
    const taskId = bornTask(2)
    const { client: gone, topic } = await watch(taskId, 0)
    for (let count = 0; count < 20; count += 1) orchestrator.happen(taskId, 'TaskStepped')
    await gone.until(() => gone.events(topic).length > 2)
    gone.socket.terminate()
    const reached = seqsOf(gone, topic)
    const client = await connectLive(await beside.listen())
    client.send({ op: 'subscribe', topic, after: reached.length })
    for (let count = 0; count < 20; count += 1) orchestrator.happen(taskId, 'TaskStepped')
    await client.until(() => client.events(topic).at(-1)?.seq === 42)
    expect([...reached, ...seqsOf(client, topic)]).toEqual(range(1, 42))
    client.close()
    await beside.stop()
  })

  test('that the bus lost are read from the orchestrator as soon as a later one shows it', async () => {
    const taskId = bornTask(1)
    const { client, topic } = await watch(taskId, 0)
    for (let count = 0; count < 5; count += 1) orchestrator.record(taskId, 'TaskStepped')
    expect(seqsOf(client, topic)).toEqual([1])
    orchestrator.happen(taskId, 'TaskStepped')
    await client.until(() => client.events(topic).length === 7)
    expect(seqsOf(client, topic)).toEqual(range(1, 7))
    client.close()
  })

  test('that the bus lost in silence are found by the next head', async () => {
    const taskId = bornTask(1)
    const { client, topic } = await watch(taskId, 0)
    orchestrator.record(taskId, 'TaskStepped')
    await client.until(() => client.events(topic).length === 2)
    expect(client.of('head').at(-1)?.seq ?? 0).toBeGreaterThanOrEqual(1)
    client.close()
  })

  test('that come twice or late are passed on once, in order', async () => {
    const taskId = bornTask(1)
    const { client, topic } = await watch(taskId, 0)
    const second = orchestrator.record(taskId, 'TaskStepped')
    const third = orchestrator.record(taskId, 'TaskStepped')
    for (const event of [third, second, second, third]) orchestrator.publish(event)
    orchestrator.happen(taskId, 'TaskPaused')
    await client.until(() => client.events(topic).at(-1)?.seq === 4)
    expect(seqsOf(client, topic)).toEqual([1, 2, 3, 4])
    client.close()
  })

  test('reach the watchers of their task only, each of them', async () => {
    const [mine, other] = [bornTask(1), bornTask(1)]
    const clients = await Promise.all([watch(mine), watch(mine), watch(other)])
    orchestrator.happen(mine, 'TaskPaused')
    orchestrator.happen(other, 'TaskPaused')
    for (const { client, topic } of clients) {
      await client.until(() => client.events(topic).length === 1)
      expect(client.of('event')).toHaveLength(1)
      client.close()
    }
  })

  test('stop after unsubscribe', async () => {
    const taskId = bornTask(1)
    const { client, topic } = await watch(taskId)
    client.send({ op: 'unsubscribe', topic })
    // Messages are handled in order: when this is answered, the one before it has been.
    client.send({ op: 'subscribe', topic: 'system' })
    await client.until(() => client.of('head').some((head) => head.topic === 'system'))
    const other = await watch(taskId)
    orchestrator.happen(taskId, 'TaskPaused')
    await other.client.until(() => other.client.events(topic).length === 1)
    expect(client.events(topic)).toHaveLength(0)
    client.close()
    other.client.close()
  })
})

describe('what cannot be taken', () => {
  test.each([
    ['no JSON', 'hello', 'INVALID_INPUT'],
    ['an unknown op', { op: 'publish' }, 'INVALID_INPUT'],
    ['an unknown topic', { op: 'subscribe', topic: 'weather' }, 'INVALID_INPUT'],
    ['a negative position', { op: 'subscribe', topic: 'task:task_1', after: -1 }, 'INVALID_INPUT'],
    ['an unknown task', { op: 'subscribe', topic: 'task:task_nobody' }, 'NOT_FOUND'],
  ])('%s is answered by an error, and the socket stays open', async (_what, frame, code) => {
    const taskId = bornTask(1)
    const { client, topic } = await watch(taskId)
    client.send(frame)
    const error = await client.until(() => client.of('error')[0])
    expect(error.error).toMatchObject({ code, requestId: expect.stringMatching(/^req_/) })
    orchestrator.happen(taskId, 'TaskPaused')
    await client.until(() => client.events(topic).length === 1)
    client.close()
  })

  test('bytes that are no text are answered by an error', async () => {
    const client = await connectLive(address)
    client.socket.send(Buffer.from([1, 2, 3]), { binary: true })
    expect((await client.until(() => client.of('error')[0])).error.code).toBe('INVALID_INPUT')
    client.close()
  })

  test('a position beyond the head names the head, and the topic can be asked for again', async () => {
    const taskId = bornTask(2)
    const client = await connectLive(address)
    const topic = `task:${taskId}`
    client.send({ op: 'subscribe', topic, after: 9 })
    const error = await client.until(() => client.of('error')[0])
    expect(error).toMatchObject({
      topic,
      error: { code: 'AFTER_BEYOND_HEAD', details: { after: 9, head: 2 } },
    })
    client.send({ op: 'subscribe', topic, after: 1 })
    await client.until(() => client.events(topic).length === 1)
    client.close()
  })

  test('more topics than a socket may have are refused', async () => {
    const client = await connectLive(address)
    for (let count = 0; count < liveTopicsMax; count += 1) {
      client.send({ op: 'subscribe', topic: `task:${bornTask(1)}` })
    }
    await client.until(() => client.of('head').length === liveTopicsMax)
    client.send({ op: 'subscribe', topic: 'tasks' })
    const error = await client.until(() => client.of('error')[0])
    expect(error.error.details).toMatchObject({ topicsMax: liveTopicsMax })
    client.close()
  })

  test('a frame larger than a client may send closes its socket', async () => {
    const client = await connectLive(address)
    client.send('x'.repeat(65 * 1024))
    expect(await client.until(client.closed)).toEqual({ code: 1009 })
  })
})

describe('signing in', () => {
  test.each([
    ['no token', {}, 401],
    ['a wrong token', { authorization: 'Bearer wrong' }, 401],
    ['a page of another origin', { authorization: 'right', origin: 'http://evil.example' }, 403],
  ])('a socket with %s is refused', async (_what, headers, status) => {
    const sent: Record<string, string> =
      'authorization' in headers && headers.authorization === 'right'
        ? { ...headers, ...signedIn }
        : headers
    await expect(connectLive(address, sent)).rejects.toThrow(String(status))
  })

  test('a page of our own origin is let in', async () => {
    const client = await connectLive(address, { ...signedIn, origin: address })
    client.close()
  })
})

test(
  'a client that does not read is told that it was cut, and resumes without a gap',
  { timeout: 180_000 },
  async () => {
    const [taskId, marker] = [bornTask(1), bornTask(1)]
    const other = await watch(marker)
    const { client, topic } = await watch(taskId, 0)
    client.socket.pause()
    // Far more than the buffer of the gateway and those of the two ends of the connection.
    const text = 'x'.repeat(60_000)
    for (let count = 0; count < 200; count += 1)
      orchestrator.happen(taskId, 'TaskStepped', { text })
    // The bus keeps the order of one sender: who has this one has had all before it.
    orchestrator.happen(marker, 'TaskPaused')
    await other.client.until(() => other.client.events(other.topic).length === 1)
    client.socket.resume()
    const lagged = await client.until(() => client.of('lagged')[0])
    expect(lagged.topic).toBe(topic)
    expect(seqsOf(client, topic)).toEqual(range(1, lagged.seq))
    expect(lagged.seq).toBeLessThan(201)
    client.send({ op: 'subscribe', topic, after: lagged.seq })
    await client.until(() => client.events(topic).at(-1)?.seq === 201)
    expect(seqsOf(client, topic)).toEqual(range(1, 201))
    client.close()
    other.client.close()
  },
)

describe('running texts', () => {
  const delta = (taskId: TaskId, from: number, text: string, attempt = 1): LiveDelta => ({
    taskId,
    callId: `call_${taskId.slice(5)}_one_1_1` as CallId,
    stepId: null,
    purpose: 'step',
    attempt,
    from,
    text,
  })
  const say = (piece: LiveDelta) =>
    router.publish(liveSubject(piece.taskId, piece.callId), JSON.stringify(piece))
  const textOf = (client: Awaited<ReturnType<typeof connectLive>>) =>
    client.of('delta').reduce((text, piece) => {
      expect(piece.from).toBeLessThanOrEqual(text.length)
      return text.slice(0, piece.from) + piece.text
    }, '')

  test('reach a late viewer from their beginning, and those who watched already piece by piece', async () => {
    const taskId = bornTask(1)
    const early = await watch(taskId)
    const words = Array.from({ length: 40 }, (_, index) => `word${index} `)
    let from = 0
    for (const word of words.slice(0, 20)) {
      say(delta(taskId, from, word))
      from += word.length
    }
    const half = words.slice(0, 20).join('')
    await early.client.until(() => textOf(early.client) === half)
    const late = await watch(taskId)
    await late.client.until(() => textOf(late.client) === half)
    for (const word of words.slice(20)) {
      say(delta(taskId, from, word))
      from += word.length
    }
    for (const { client, topic } of [early, late]) {
      await client.until(() => textOf(client) === words.join(''))
      expect(client.of('delta')[0]).toMatchObject({ op: 'delta', topic, attempt: 1, from: 0 })
      expect(client.of('delta')[0]).not.toHaveProperty('taskId')
      // Pieces that come together go on together.
      expect(client.of('delta').length).toBeLessThan(words.length)
      client.close()
    }
  })

  test('are read from the stream when nobody had watched before', async () => {
    const taskId = bornTask(1)
    // Acknowledged: the stream has them before anybody watches.
    for (const piece of [delta(taskId, 0, 'Once '), delta(taskId, 5, 'upon a time')]) {
      const subject = liveSubject(piece.taskId, piece.callId)
      await router.jetstream().publish(subject, JSON.stringify(piece))
    }
    const { client } = await watch(taskId)
    await client.until(() => textOf(client) === 'Once upon a time')
    client.close()
  })

  test('start anew with a new attempt, and end with their call', async () => {
    const taskId = bornTask(1)
    const { client, topic } = await watch(taskId)
    say(delta(taskId, 0, 'A first try'))
    await client.until(() => client.of('delta').length === 1)
    say(delta(taskId, 0, 'A second', 2))
    const second = await client.until(() => client.of('delta').find(({ attempt }) => attempt === 2))
    expect(second).toMatchObject({ from: 0, text: 'A second' })
    orchestrator.happen(taskId, 'CallFinished', { callId: second.callId })
    await client.until(() => client.events(topic).length === 1)
    const late = await watch(taskId)
    expect(late.client.of('delta')).toHaveLength(0)
    client.close()
    late.client.close()
  })
})

describe('other topics', () => {
  const watchTopic = async (topic: string) => {
    const client = await connectLive(address)
    client.send({ op: 'subscribe', topic })
    await client.until(() => client.of('head').length > 0)
    return client
  }

  test('tasks: a line for each task that changed, few for many changes, the last one always', async () => {
    const client = await watchTopic('tasks')
    const taskId = newTaskId()
    for (let count = 0; count < 300; count += 1) orchestrator.happen(taskId, 'TaskStepped')
    const last = await client.until(() =>
      client.of('task').find(({ task }) => task.taskId === taskId && task.seq === 300),
    )
    expect(last.task).toMatchObject({ costUsd: '0.000075', limitUsd: null })
    expect(client.of('task').length).toBeLessThan(20)
    client.close()
  })

  test('approvals and budgets say what changed', async () => {
    const approvals = await watchTopic('approvals')
    const budgets = await watchTopic('budgets')
    const taskId = bornTask(1)
    orchestrator.happen(taskId, 'ApprovalRequested', { approvalId: 'apr_1_plan-1' })
    orchestrator.happen(taskId, 'CallFinished', { callId: 'call_1_x' })
    await approvals.until(() => approvals.of('changed').some(({ id }) => id === 'apr_1_plan-1'))
    await budgets.until(() => budgets.of('changed').some(({ id }) => id === 'global'))
    approvals.close()
    budgets.close()
  })

  test.each([
    ['queues', 'scheduler', 'maestro.event.queue.default', 'default'],
    ['system', 'llm-router', 'maestro.event.provider.groq', 'groq'],
    ['budgets', 'budget', 'maestro.event.budget.global', 'global'],
  ])('%s hears of facts of the %s', async (topic, service, subject, id) => {
    const client = await watchTopic(topic)
    const nats = await connectNats(bus.env(service), 'a-test')
    nats.publish(subject, '{}')
    const changed = await client.until(() => client.of('changed')[0])
    expect(changed).toEqual({ op: 'changed', topic, id })
    await nats.drain()
    client.close()
  })
})

test('what is no event on an event subject harms nobody', async () => {
  const taskId = bornTask(1)
  const { client, topic } = await watch(taskId)
  orchestrator.nats.publish(taskEventSubject(taskId), 'no JSON')
  orchestrator.nats.publish(taskEventSubject(taskId), '{"seq":"two"}')
  orchestrator.nats.publish('maestro.event.task.NOT-AN-ID', '{}')
  orchestrator.happen(taskId, 'TaskPaused')
  await client.until(() => client.events(topic).length === 1)
  client.close()
})

test('half of all events reach their client within 20 ms of whoever listens on the bus itself', async () => {
  const taskId = bornTask(1)
  const { client, topic } = await watch(taskId)
  // In this very process, as the gateway is: what holds up the machine holds up both.
  const listener = await connectNats(bus.env('gateway'), 'listener-of-the-test')
  const heardAt: number[] = []
  listener.subscribe(taskEventSubject(taskId), {
    callback: () => void heardAt.push(performance.now()),
  })
  await listener.flush()
  const delays: number[] = []
  for (let count = 1; count <= 40; count += 1) {
    orchestrator.happen(taskId, 'TaskStepped')
    await client.until(() => client.events(topic).length === count)
    const arrivedAt = performance.now()
    await expect.poll(() => heardAt.length, { interval: 1 }).toBe(count)
    delays.push(arrivedAt - (heardAt.at(-1) ?? 0))
  }
  const median = delays.sort((a, b) => a - b)[20] ?? 0
  expect(median).toBeLessThan(20)
  client.close()
  await listener.close()
})
