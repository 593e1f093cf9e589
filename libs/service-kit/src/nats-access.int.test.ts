import { streams } from '@maestro/contracts/bus/streams'
import { connectNats } from './connect-nats.ts'
import { ensureStreams } from './ensure-streams.ts'
import { AckPolicy, type NatsConnection } from './nats.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'

let server: PrivateNats
const open: NatsConnection[] = []
const words = new TextEncoder().encode('{}')

const connectAs = async (user: string): Promise<NatsConnection> => {
  const nats = await connectNats(server.env(user), user)
  open.push(nats)
  return nats
}

/** The server tells of a violation on the connection, not to the caller: waits for the next one. */
const nextViolation = async (nats: NatsConnection): Promise<string> => {
  for await (const status of nats.status()) {
    const text = JSON.stringify(status)
    if (text.includes('PERMISSIONS_VIOLATION')) return text
  }
  return 'connection closed'
}

beforeAll(async () => {
  server = await startPrivateNats()
  await ensureStreams(await connectAs('timeline'))
})

afterAll(async () => {
  await Promise.all(open.map((nats) => nats.close()))
  await server.stop()
})

test('an event of the orchestrator is stored, and a program outside sees it', async () => {
  const outside = await connectAs('outside')
  const seen = outside.subscribe('maestro.event.>', { max: 1 })
  await outside.flush()
  const orchestrator = await connectAs('orchestrator')
  const ack = await orchestrator
    .jetstream()
    .publish('maestro.event.task.task_1', words, { msgID: 'task_1:1' })
  expect(ack.stream).toBe('EVENTS')
  for await (const message of seen) expect(message.subject).toBe('maestro.event.task.task_1')
})

test('a service cannot tell what happened in a task, nor a program outside call one', async () => {
  for (const [user, subject] of [
    ['budget', 'maestro.event.task.task_1'],
    ['outside', 'maestro.rpc.orchestrator.cancelTask'],
    ['outside', 'maestro.event.task.task_1'],
  ] as const) {
    const nats = await connectAs(user)
    const violation = nextViolation(nats)
    nats.publish(subject, words)
    expect(await violation).toContain(subject)
  }
})

test('a request is answered to an inbox that no other user may listen on', async () => {
  const budget = await connectAs('budget')
  const served = budget.subscribe('maestro.rpc.budget.reserve', { queue: 'budget' })
  void (async () => {
    for await (const request of served) request.respond(words)
  })()
  await budget.flush()
  const router = await connectAs('llm-router')
  const reply = await router.request('maestro.rpc.budget.reserve', words, { timeout: 5_000 })
  expect(reply.subject).toMatch(/^_INBOX_llm-router\./)

  const violation = nextViolation(budget)
  budget.subscribe('_INBOX_llm-router.>')
  expect(await violation).toContain('_INBOX_llm-router.>')
})

test('a program outside finds the services by the NATS service protocol', async () => {
  const timeline = await connectAs('timeline')
  const pings = timeline.subscribe('$SRV.PING')
  void (async () => {
    for await (const ping of pings) ping.respond(words)
  })()
  await timeline.flush()
  const outside = await connectAs('outside')
  const reply = await outside.request('$SRV.PING', words, { timeout: 5_000 })
  expect(reply.string()).toBe('{}')
})

test('a router worker takes work from its stream and answers to the inbox that the work names', async () => {
  const orchestrator = await connectAs('orchestrator')
  const answers = orchestrator.subscribe('_INBOX_orchestrator.call_1', { max: 1 })
  await orchestrator.flush()
  await orchestrator.jetstream().publish('maestro.work.llm.normal', words)

  const router = await connectAs('llm-router')
  const manager = await router.jetstreamManager()
  await manager.consumers.add(streams.llmWork.name, {
    durable_name: 'llm-router-normal',
    filter_subject: 'maestro.work.llm.normal',
    ack_policy: AckPolicy.Explicit,
  })
  const consumer = await router.jetstream().consumers.get('LLM_WORK', 'llm-router-normal')
  const work = await consumer.next({ expires: 5_000 })
  expect(await work?.ackAck()).toBe(true)
  router.publish('_INBOX_orchestrator.call_1', words)
  for await (const answer of answers) expect(answer.string()).toBe('{}')
})

test('what was stored survives a kill -9 of the server', async () => {
  await server.kill9()
  await server.restart()
  const timeline = await connectAs('timeline')
  const { state } = await (await timeline.jetstreamManager()).streams.info('EVENTS')
  expect(state.messages).toBe(1)
})
