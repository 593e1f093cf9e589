import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBackedGateway } from '../testing/start-backed-gateway.ts'

let gateway: Awaited<ReturnType<typeof startBackedGateway>>
beforeAll(async () => {
  gateway = await startBackedGateway({
    'llm-router': { OLLAMA_BASE_URL: 'off', GROQ_API_KEY: 'gsk_never_used' },
  })
})
afterAll(() => gateway?.stop())

const ask: typeof gateway.ask = (...request) => gateway.ask(...request)

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
