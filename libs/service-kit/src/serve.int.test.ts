import { endpoint } from '@maestro/contracts/endpoint'
import { startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createCaller } from './call.ts'
import { connectNats } from './connect-nats.ts'
import { CopyMetadata, troubleFrom } from './copy-metadata.ts'
import { EndpointStats } from './endpoint-stats.ts'
import { createLogger } from './logger.ts'
import { RequestStrategy } from './nats.ts'
import type { Outage } from './outage-log.ts'
import { implement, serve } from './serve.ts'

const log = createLogger({ service: 'budget', copy: 'test', level: 'silent' })
const echo = endpoint({
  service: 'budget',
  name: 'echo',
  summary: 'Says what it was told.',
  input: z.object({ text: z.string() }),
  output: z.object({ text: z.string() }),
  errors: [],
  timeoutMs: 5_000,
})

let nats: Awaited<ReturnType<typeof startPrivateNats>>
beforeAll(async () => {
  nats = await startPrivateNats()
})
afterAll(() => nats.stop())

test('a graceful stop answers what it took, takes nothing more, and ends', async () => {
  const server = await connectNats(nats.env('budget'), 'server')
  const client = await connectNats(nats.env('gateway'), 'client')
  const call = createCaller({ nats: client, service: 'gateway' })
  const arrived = Promise.withResolvers<void>()
  const mayAnswer = Promise.withResolvers<void>()
  const served = await serve({ nats: server, log, service: 'budget', version: '0.1.0' }, [
    implement(echo, async ({ text }) => {
      arrived.resolve()
      await mayAnswer.promise
      return { text }
    }),
  ])
  const asked = call(echo, { text: 'hello' })
  await arrived.promise
  const stopping = served.stop()
  mayAnswer.resolve()
  await expect(asked).resolves.toEqual({ text: 'hello' })
  await stopping
  await expect(call(echo, { text: 'again' })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await Promise.all([server.drain(), client.drain()])
})

test('says how long its answers took and how many failed, each endpoint for itself', async () => {
  const server = await connectNats(nats.env('budget'), 'server')
  const client = await connectNats(nats.env('gateway'), 'client')
  const call = createCaller({ nats: client, service: 'gateway' })
  const tookMs = 60
  const served = await serve({ nats: server, log, service: 'budget', version: '0.1.0' }, [
    implement(echo, async ({ text }) => {
      await new Promise((resolve) => setTimeout(resolve, tookMs))
      if (text === 'break') throw new Error('broken')
      return { text }
    }),
  ])
  await call(echo, { text: 'hello' })
  await expect(call(echo, { text: 'break' })).rejects.toMatchObject({ code: 'INTERNAL' })
  const stats: unknown[] = []
  const first = { strategy: RequestStrategy.Count, maxMessages: 1, maxWait: 20_000 }
  for await (const { endpoints } of await client.services.client(first).stats('budget')) {
    stats.push(...(endpoints ?? []).map(({ data }) => data))
  }
  const measured = EndpointStats.parse(stats[0])
  expect(measured).toMatchObject({ requests: 2, errors: 1 })
  // Timers may fire a little early.
  expect(measured.averageMs).toBeGreaterThan(tookMs * 0.9)
  await served.stop()
  await Promise.all([server.drain(), client.drain()])
})

test('a copy that answers, but has an outage that lasts, says so to whoever looks for services', async () => {
  const server = await connectNats(nats.env('budget'), 'server')
  const client = await connectNats(nats.env('gateway'), 'client')
  let outage: Outage | null = null
  const served = await serve(
    { nats: server, log, service: 'budget', version: '0.1.0', outages: [() => outage] },
    [],
  )
  const first = { strategy: RequestStrategy.Count, maxMessages: 1, maxWait: 20_000 }
  const saidBy = async (verb: 'info' | 'stats') => {
    for await (const { metadata } of await client.services.client(first)[verb]('budget')) {
      return troubleFrom(CopyMetadata.parse(metadata))
    }
    throw new Error('nobody answered')
  }
  expect(await saidBy('stats')).toBeNull()
  outage = { away: 'facts wait', since: Date.now() - 60_000, error: new Error('full') }
  expect(await saidBy('stats')).toMatchObject({ what: 'facts wait' })
  expect(await saidBy('info')).toMatchObject({ what: 'facts wait' })
  outage = null
  expect(await saidBy('info')).toBeNull()
  await served.stop()
  await Promise.all([server.drain(), client.drain()])
})
