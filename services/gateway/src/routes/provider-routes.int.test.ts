import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import {
  type ServiceProcess,
  startServiceProcess,
} from '@maestro/testkit/services/start-service-process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedIn, startTestGateway } from '../testing/test-gateway.ts'

let bus: PrivateNats
let database: TestDatabase
let router: ServiceProcess
let gateway: Awaited<ReturnType<typeof startTestGateway>>

beforeAll(async () => {
  bus = await startPrivateNats()
  database = await createTestDatabase()
  router = await startServiceProcess('llm-router', {
    ...bus.env('llm-router'),
    POSTGRES_URL: database.url,
    COPY_NAME: 'router-1',
    LOG_LEVEL: 'info',
    OLLAMA_BASE_URL: 'off',
    GROQ_API_KEY: 'gsk_never_used',
  })
  gateway = await startTestGateway({ natsEnv: bus.env('gateway') })
})
afterAll(async () => {
  await gateway?.stop()
  await router?.stop()
  await bus?.stop()
  await database?.drop()
})

const ask = async (method: 'GET' | 'PUT', url: string, body?: unknown) => {
  const response = await gateway.app.inject({
    method,
    url,
    headers: { ...signedIn, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  })
  return { status: response.statusCode, body: response.json<unknown>() }
}

test('providers are listed with how their models do', async () => {
  const { status, body } = await ask('GET', '/api/providers')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    items: [
      {
        provider: 'groq',
        configured: true,
        models: [
          { model: 'openai/gpt-oss-120b', keyId: 'env', state: 'ready', calls: 0, latencyMs: null },
        ],
      },
      { provider: 'gemini', configured: false, models: [] },
      { provider: 'ollama' },
      { provider: 'rehearsal', models: [{ keyId: null }] },
    ],
  })
})

test('the strategy is read and changed; an old version, a strange provider and a doubled one are refused', async () => {
  const path = '/api/providers/strategy'
  expect(await ask('GET', path)).toMatchObject({
    status: 200,
    body: { version: 1, strategy: { providers: ['groq', 'gemini', 'ollama'], prefer: 'order' } },
  })
  const strategy = { providers: ['ollama', 'groq'], models: { groq: 'other' }, prefer: 'price' }
  expect(await ask('PUT', path, { strategy, expectedVersion: 1 })).toMatchObject({
    status: 200,
    body: { version: 2, strategy, author: { kind: 'person' } },
  })
  expect(await ask('PUT', path, { strategy, expectedVersion: 1 })).toMatchObject({
    status: 409,
    body: { error: { code: 'VERSION_CONFLICT', details: { version: 2 } } },
  })
  for (const providers of [['somebody'], ['groq', 'groq'], []])
    expect(await ask('PUT', path, { strategy: { ...strategy, providers } })).toMatchObject({
      status: 400,
      body: { error: { code: 'INVALID_INPUT' } },
    })
})
