import { endpoint } from '@maestro/contracts/endpoint'
import { startCutProxy } from '@maestro/testkit/infrastructure/cut-proxy'
import { startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createCaller } from './call.ts'
import { connectNats } from './connect-nats.ts'
import { createLogger } from './logger.ts'
import { NatsEvents } from './nats.ts'
import { implement, serve } from './serve.ts'

const log = createLogger({ service: 'budget', copy: 'test', level: 'silent' })
const Text = z.object({ text: z.string() })
const echo = endpoint({
  service: 'budget',
  name: 'echo',
  summary: '',
  input: Text,
  output: Text,
  errors: [],
  timeoutMs: 2_000,
})
/** A server ends what does not sign in within two seconds: whatever follows from that has happened by then. */
const afterwardsMs = 4_000

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

test('a service whose bus stood still for a while answers every question afterwards, over one connection', async () => {
  const bus = await startPrivateNats()
  closing.push(bus.stop)
  const proxy = await startCutProxy(bus.url)
  closing.push(proxy.close)
  const server = await connectNats({ ...bus.env('budget'), NATS_URL: proxy.url }, 'server')
  const client = await connectNats(bus.env('gateway'), 'client')
  closing.push(() => client.close())
  closing.push(() => server.close())
  const served = await serve({ nats: server, log, service: 'budget', version: '0.1.0' }, [
    implement(echo, async ({ text }) => ({ text })),
  ])
  closing.push(served.stop)
  let reconnects = 0
  void (async () => {
    for await (const { type } of server.status()) if (type === NatsEvents.Reconnect) reconnects += 1
  })()

  proxy.hang()
  // The first was given up, the second is on its way.
  await expect.poll(proxy.silentCount).toBe(2)
  proxy.goOn()
  await expect.poll(() => reconnects).toBe(1)
  await delay(afterwardsMs)
  const call = createCaller({ nats: client, service: 'gateway' })
  const asked = Array.from({ length: 20 }, (_, index) => `question ${index}`)
  const answers = await Promise.allSettled(asked.map((text) => call(echo, { text })))
  expect(answers.filter(({ status }) => status === 'rejected')).toEqual([])
  expect(reconnects).toBe(1)
})
