import { newTaskId } from '@maestro/service-kit/new-id'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectLive, range, seqsOf } from '../testing/live-client.ts'
import { signedIn, startTestGateway } from '../testing/test-gateway.ts'
import { startTinyOrchestrator, type TinyOrchestrator } from '../testing/tiny-orchestrator.ts'

let bus: PrivateNats
let orchestrator: TinyOrchestrator
let gateway: Awaited<ReturnType<typeof startTestGateway>>
let address: string

beforeAll(async () => {
  bus = await startPrivateNats()
  orchestrator = await startTinyOrchestrator(bus.env('orchestrator'))
  gateway = await startTestGateway({ natsEnv: bus.env('gateway') })
  address = await gateway.listen()
})
afterAll(async () => {
  await gateway?.stop()
  await orchestrator?.stop()
  await bus?.stop()
})

const health = async () => (await fetch(`${address}/api/system/health`)).status

test('a bus that dies costs no event: viewers stay, and get what happened meanwhile when it is back', async () => {
  const taskId = newTaskId()
  const topic = `task:${taskId}`
  orchestrator.happen(taskId, 'TaskCreated')
  const client = await connectLive(address)
  client.send({ op: 'subscribe', topic, after: 0 })
  client.send({ op: 'subscribe', topic: 'tasks' })
  await client.until(() => client.of('head').length === 2)

  await bus.kill9()
  await expect.poll(health).toBe(503)
  const broken = await fetch(`${address}/api/system/status`, { headers: signedIn })
  expect(await broken.json()).toMatchObject({ nats: { connected: false }, services: [] })
  for (let count = 0; count < 3; count += 1) orchestrator.record(taskId, 'TaskStepped')

  await bus.restart()
  await expect.poll(health).toBe(200)
  await client.until(() => client.events(topic).length === 4)
  orchestrator.happen(taskId, 'TaskPaused')
  await client.until(() => client.events(topic).length === 5)
  expect(seqsOf(client, topic)).toEqual(range(1, 5))
  // Lists cannot know what they missed: they are told to read again.
  await client.until(() =>
    client.of('changed').some(({ topic: of, id }) => of === 'tasks' && id === '*'),
  )
  client.close()
})

test('a gateway that stops says goodbye to its sockets', async () => {
  const client = await connectLive(address)
  await gateway.app.close()
  expect(await client.until(client.closed)).toEqual({ code: 1001 })
})
