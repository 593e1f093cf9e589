import { type Endpoint, endpoint } from '@maestro/contracts/endpoint'
import { AppError } from '@maestro/contracts/errors'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Call, createCaller } from './call.ts'
import { connectNats } from './connect-nats.ts'
import { createLogger } from './logger.ts'
import { type NatsConnection } from './nats.ts'
import type { RequestContext } from './request-context.ts'
import { implement, serve } from './serve.ts'

const log = createLogger({ service: 'budget', copy: 'test', level: 'silent' })
const Text = z.object({ text: z.string() })
const textEndpoint = (name: string, timeoutMs = 30_000): Endpoint<typeof Text, typeof Text> =>
  endpoint({
    service: 'budget',
    name,
    summary: '',
    input: Text,
    output: Text,
    errors: [],
    timeoutMs,
  })

const echo = textEndpoint('echo')
const refuse = textEndpoint('refuse')
const refuseAtLength = textEndpoint('refuseAtLength')
const fail = textEndpoint('fail')
const liar = textEndpoint('liar')
const noise = textEndpoint('noise')
const sleep = textEndpoint('sleep', 100)

/** Random letters do not shrink when they are compressed. */
const noiseOf = (bytes: number) => randomBytes(bytes).toString('base64')

let bus: PrivateNats
let server: NatsConnection
let client: NatsConnection
let call: Call
let stop: () => Promise<void>
const heard: RequestContext[] = []
const asleep = Promise.withResolvers<void>()

beforeAll(async () => {
  bus = await startPrivateNats()
  server = await connectNats(bus.env('budget'), 'server')
  client = await connectNats(bus.env('gateway'), 'client')
  call = createCaller({ nats: client, service: 'gateway' })
  const served = await serve({ nats: server, log, service: 'budget', version: '0.1.0' }, [
    implement(echo, async ({ text }, context) => {
      heard.push(context)
      return { text }
    }),
    implement(refuse, async () => {
      throw new AppError('SEQ_CONFLICT', { seq: 7 })
    }),
    implement(refuseAtLength, async () => {
      throw new AppError('PLAN_INVALID', { problems: noiseOf(3_000_000) })
    }),
    implement(fail, async () => {
      throw new TypeError('a secret stands here')
    }),
    // What the types forbid can still come out of a database.
    implement(liar, async () => ({ text: 5 }) as unknown as { text: string }),
    implement(noise, async () => ({ text: noiseOf(3_000_000) })),
    implement(sleep, async ({ text }) => {
      await asleep.promise
      return { text }
    }),
  ])
  stop = served.stop
})
afterAll(async () => {
  asleep.resolve()
  await stop()
  await Promise.all([server.close(), client.close()])
  await bus.stop()
})

test('the actor, the request and the idempotency key reach whoever answers', async () => {
  const actor = { kind: 'person' as const, id: 'ada:of:lovelace' }
  await call(echo, { text: 'a' }, { actor, requestId: 'r1', idempotencyKey: 'k1' })
  expect(heard.at(-1)).toEqual({ actor, requestId: 'r1', idempotencyKey: 'k1' })
  await call(echo, { text: 'a' })
  const service = { kind: 'service', id: 'gateway' }
  expect(heard.at(-1)).toEqual({ actor: service, requestId: '', idempotencyKey: null })
})

test('what is large in both directions comes through whole', async () => {
  const text = 'a line of text, many times over\n'.repeat(200_000)
  expect((await call(echo, { text })).text).toBe(text)
})

test('a rejection arrives with its code and details', async () => {
  await expect(call(refuse, { text: '' })).rejects.toMatchObject({
    code: 'SEQ_CONFLICT',
    details: { seq: 7 },
  })
})

test('a rejection whose details fit no message arrives without them, and the service lives on', async () => {
  await expect(call(refuseAtLength, { text: '' })).rejects.toMatchObject({
    code: 'PLAN_INVALID',
    details: {},
  })
  expect(await call(echo, { text: 'alive' })).toEqual({ text: 'alive' })
})

test('the text of a defect stays with the service', async () => {
  const error = await call(fail, { text: '' }).catch((cause: unknown) => cause)
  expect(error).toMatchObject({ code: 'INTERNAL', details: {} })
  expect(String(error)).not.toContain('secret')
})

test('both sides of the wire are checked', async () => {
  const wrong = { text: 5 } as unknown as { text: string }
  await expect(call(echo, wrong)).rejects.toThrow(z.ZodError)
  await expect(call(liar, { text: '' })).rejects.toMatchObject({ code: 'INTERNAL' })
  const reply = await client.request('maestro.rpc.budget.echo', '{"text":5}')
  expect(reply.json()).toMatchObject({
    code: 'INVALID_INPUT',
    details: { issues: { fieldErrors: { text: expect.any(Array) } } },
  })
  const broken = await client.request('maestro.rpc.budget.echo', 'no JSON')
  expect(broken.json()).toMatchObject({ code: 'INVALID_INPUT' })
})

test('an answer that fits no message is said so, and the service lives on', async () => {
  await expect(call(noise, { text: '' })).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
  await expect(call(echo, { text: noiseOf(3_000_000) })).rejects.toMatchObject({
    code: 'PAYLOAD_TOO_LARGE',
  })
  expect(await call(echo, { text: 'alive' })).toEqual({ text: 'alive' })
})

test('nobody there and nobody answering are outages of their own', async () => {
  await expect(call(textEndpoint('nobody'), { text: '' })).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  })
  await expect(call(sleep, { text: '' })).rejects.toMatchObject({ code: 'TIMEOUT' })
})

test('a service goes on answering after its bus was killed, and stops also while it is away', async () => {
  await bus.kill9()
  await bus.restart()
  // What was asked while it was away gets no answer: such a question must not be waited for.
  const soon = { ...echo, timeoutMs: 2_000 }
  await expect.poll(() => call(soon, { text: 'back' }).catch(() => null)).toEqual({ text: 'back' })
  await bus.kill9()
  asleep.resolve()
  const startedAt = performance.now()
  await stop()
  // All of a service has nine seconds to stop.
  expect(performance.now() - startedAt).toBeLessThan(9_000)
})
