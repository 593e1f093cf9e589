import { endpoint } from '@maestro/contracts/endpoint'
import { startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createCaller } from './call.ts'
import { connectNats } from './connect-nats.ts'
import { createLogger } from './logger.ts'
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
