import {
  type ProviderEmulator,
  startProviderEmulator,
} from '@maestro/testkit/providers/start-provider-emulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBackedGateway } from '../testing/start-backed-gateway.ts'

const own = 'house/model'
let groq: ProviderEmulator
let gateway: Awaited<ReturnType<typeof startBackedGateway>>
beforeAll(async () => {
  groq = await startProviderEmulator({
    provider: 'groq',
    script: {
      models: [own, 'other/model'],
      prices: () => ({ [own]: { prompt: '0.0000002', completion: '0.0000006' } }),
    },
  })
  gateway = await startBackedGateway({
    'llm-router': {
      OLLAMA_BASE_URL: 'off',
      GROQ_BASE_URL: groq.url,
      GROQ_API_KEY: 'gsk_emulated',
    },
    budget: {},
  })
})
afterAll(async () => {
  await gateway?.stop()
  await groq?.close()
})

const ask: typeof gateway.ask = (...request) => gateway.ask(...request)
const refusal = (code: string) => ({ error: { code } })
const modelsOf = async (provider: string) =>
  (await ask('GET', `/api/providers/models?provider=${provider}`)).body

test('models are asked for anew, and listed with their bounds and the prices that were published', async () => {
  const refreshed = await ask('POST', '/api/providers/models/refresh?provider=groq')
  expect(refreshed).toMatchObject({
    status: 200,
    body: { items: [{ provider: 'groq', models: 2, problem: '' }] },
  })
  expect(await modelsOf('groq')).toMatchObject({
    items: [
      {
        model: own,
        contextTokensMax: 131_072,
        outputTokensMax: 65_536,
        isOverridden: false,
        price: {
          origin: 'provider',
          rate: { inputUsdPerMTok: '0.2', outputUsdPerMTok: '0.6' },
        },
      },
      { model: 'other/model', price: null },
    ],
  })
  expect(await modelsOf('gemini')).toEqual({ items: [] })
})

test('a provider without a key says so instead of a list', async () => {
  const path = '/api/providers/models/refresh?provider=gemini'
  expect(await ask('POST', path)).toMatchObject({
    status: 200,
    body: {
      items: [
        { provider: 'gemini', models: 0, problem: expect.stringContaining('GEMINI_API_KEY') },
      ],
    },
  })
})

test('what you say of a model holds; of a model that nobody lists, or beyond all bounds, it is refused', async () => {
  const path = '/api/providers/models/overrides'
  const said = { provider: 'groq', model: own, outputTokensMax: 4_096, isDefault: true }
  expect(await ask('PUT', path, said)).toEqual({ status: 204, body: null })
  expect(await modelsOf('groq')).toMatchObject({
    items: [{ model: own, outputTokensMax: 4_096, isDefault: true, isOverridden: true }, {}],
  })
  expect(await ask('PUT', path, { ...said, model: 'no/model' })).toMatchObject({
    status: 404,
    body: refusal('NOT_FOUND'),
  })
  for (const wrong of [
    { provider: 'rehearsal' },
    { provider: 'somebody' },
    { outputTokensMax: 0 },
    { contextTokensMax: 1.5 },
    { outputTokensMax: 999_999_999 },
    { model: 'two words' },
    { surprise: 1 },
  ])
    expect(await ask('PUT', path, { ...said, ...wrong })).toMatchObject({
      status: 400,
      body: refusal('INVALID_INPUT'),
    })
  expect(await ask('GET', '/api/providers/models?provider=somebody')).toMatchObject({
    status: 400,
    body: refusal('INVALID_INPUT'),
  })
})

test('your price goes before the published one until it is taken back', async () => {
  const priceOf = async () => {
    const { body } = await ask('GET', '/api/prices')
    const { items } = body as {
      items: { origin: string; validUntil: string | null; rate: { model: string } }[]
    }
    return items.filter(({ rate, validUntil }) => rate.model === own && validUntil === null)
  }
  const price = { provider: 'groq', model: own, inputUsdPerMTok: '1.25', outputUsdPerMTok: '3' }
  expect(await ask('PUT', '/api/prices', price)).toEqual({ status: 200, body: { changed: 1 } })
  expect(await ask('PUT', '/api/prices', price)).toEqual({ status: 200, body: { changed: 0 } })
  expect(await modelsOf('groq')).toMatchObject({
    items: [
      {
        model: own,
        price: {
          origin: 'override',
          rate: { inputUsdPerMTok: '1.25', cachedInputUsdPerMTok: '1.25', outputUsdPerMTok: '3' },
        },
      },
      {},
    ],
  })
  expect((await priceOf()).map(({ origin }) => origin)).toContain('override')

  const taken = `/api/prices?provider=groq&model=${encodeURIComponent(own)}`
  expect(await ask('DELETE', taken)).toEqual({ status: 204, body: null })
  expect(await ask('DELETE', taken)).toMatchObject({ status: 404, body: refusal('NOT_FOUND') })
  expect(await modelsOf('groq')).toMatchObject({
    items: [{ model: own, price: { origin: 'provider' } }, {}],
  })
})

test('a price that is none is refused', async () => {
  const price = { provider: 'groq', model: own, inputUsdPerMTok: '1', outputUsdPerMTok: '1' }
  for (const wrong of [
    { inputUsdPerMTok: '-1' },
    { inputUsdPerMTok: '0.0000001' },
    { outputUsdPerMTok: '1000001' },
    { outputUsdPerMTok: 1 },
    { provider: 'somebody' },
    { model: '' },
    { outputTokensMax: 0 },
  ])
    expect(await ask('PUT', '/api/prices', { ...price, ...wrong })).toMatchObject({
      status: 400,
      body: refusal('INVALID_INPUT'),
    })
})
