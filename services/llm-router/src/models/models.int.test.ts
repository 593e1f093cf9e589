import { randomBytes } from 'node:crypto'
import { getPrices } from '@maestro/contracts/budget/budget-endpoints'
import {
  listModels,
  type ListingProvider,
  putModelOverride,
  refreshModels,
} from '@maestro/contracts/llm/model-endpoints'
import { type Call, createCaller } from '@maestro/service-kit/call'
import type { EmulatorScript } from '@maestro/testkit/providers/emulator-script'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { startServiceProcess } from '@maestro/testkit/services/start-service-process'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { eventually, startTestSystem, type TestSystem } from '../testing/start-test-system.ts'

let system: TestSystem
let call: Call
beforeAll(async () => {
  system = await startTestSystem()
  call = createCaller({ nats: system.nats, service: 'test' })
})
afterAll(() => system.stop())

const known = 'openai/gpt-oss-120b'
const geminis = Array.from({ length: 1_003 }, (_, index) => `gemini-many-${index}`)

const startRouter = async (groqScript: EmulatorScript) => {
  const emulators = await Promise.all([
    startProviderEmulator({ provider: 'groq', script: groqScript }),
    startProviderEmulator({ provider: 'gemini', script: { models: geminis } }),
    startProviderEmulator({ provider: 'ollama' }),
  ])
  const [groq, gemini, ollama] = emulators
  onTestFinished(async () => {
    await Promise.all(emulators.map((emulator) => emulator.close()))
  })
  const router = await startServiceProcess('llm-router', {
    ...system.routerEnv('models-1'),
    MAESTRO_MASTER_KEY: randomBytes(32).toString('base64'),
    GROQ_BASE_URL: groq.url,
    GROQ_API_KEY: 'gsk_models',
    GEMINI_BASE_URL: gemini.url,
    GEMINI_API_KEY: 'gemini-models',
    OLLAMA_BASE_URL: ollama.url,
  })
  onTestFinished(router.stop)
  return { groq, gemini, ollama }
}

const modelOf = async (provider: ListingProvider, model: string) => {
  const { items } = await call(listModels, { provider })
  return items.find((item) => item.model === model)
}

test('models come from the providers with their bounds, prices from budget; what the owner says outlives every refresh', async () => {
  let input = '0.0000002'
  const { groq, gemini } = await startRouter({
    models: [known, 'new/model', 'whisper-large', 'free/model'],
    prices: () => ({
      [known]: { prompt: input, completion: '0.0000006', input_cache_read: '0.0000001' },
      'new/model': { prompt: '0.000001', completion: '0.000002' },
      'free/model': { prompt: '0', completion: '0' },
    }),
  })

  // The first list comes by itself, and nobody waits for it.
  const listed = await eventually('the first list', async () => {
    const model = await modelOf('groq', known)
    return model?.price?.origin === 'provider' ? model : undefined
  })
  expect(listed).toMatchObject({
    contextTokensMax: 131_072,
    outputTokensMax: 65_536,
    canChat: true,
    isDefault: true,
    isOverridden: false,
    price: {
      rate: { inputMicroUsdPerMTok: 200_000, cachedInputMicroUsdPerMTok: 100_000 },
    },
  })
  expect(await modelOf('groq', 'new/model')).toMatchObject({
    price: { rate: { inputMicroUsdPerMTok: 1_000_000 } },
  })
  expect(await modelOf('groq', 'whisper-large')).toMatchObject({ canChat: false, price: null })
  // A price of nothing would open every budget.
  expect(await modelOf('groq', 'free/model')).toMatchObject({ price: null })

  const { items } = await call(refreshModels, { provider: null })
  expect(items).toEqual([
    { provider: 'groq', models: 4, pricesChanged: 0, problem: '' },
    { provider: 'gemini', models: 1_003, pricesChanged: 0, problem: '' },
    { provider: 'ollama', models: 2, pricesChanged: 0, problem: '' },
  ])
  expect(gemini.lookUps.length).toBeGreaterThanOrEqual(2)
  expect((await call(listModels, { provider: 'gemini' })).items).toHaveLength(1_003)
  expect(await modelOf('ollama', 'nomic-embed-text:latest')).toMatchObject({
    canChat: false,
    price: { rate: { inputMicroUsdPerMTok: 0 } },
  })

  const override = {
    provider: 'groq',
    model: 'new/model',
    contextTokensMax: 8_000,
    outputTokensMax: null,
    isDefault: true,
  } as const
  await call(putModelOverride, override)
  await expect(
    call(putModelOverride, { ...override, model: 'no/such-model' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  input = '0.0000003'
  expect(await call(refreshModels, { provider: 'groq' })).toMatchObject({
    items: [{ pricesChanged: 1 }],
  })
  expect(await modelOf('groq', 'new/model')).toMatchObject({
    contextTokensMax: 8_000,
    outputTokensMax: 65_536,
    isDefault: true,
    isOverridden: true,
  })
  expect(await modelOf('groq', known)).toMatchObject({
    isDefault: false,
    price: { rate: { inputMicroUsdPerMTok: 300_000 } },
  })
  // What was charged in between is still explained by the price that held then.
  const prices = (await call(getPrices, {})).items.filter(({ rate }) => rate.model === known)
  expect(new Set(prices.map(({ rate }) => rate.inputMicroUsdPerMTok))).toEqual(
    new Set([150_000, 200_000, 300_000]),
  )
  const reply = await system.ask(system.newWork({ providers: ['groq'] }))
  expect(reply).toMatchObject({ outcome: 'answered', facts: { model: 'new/model' } })
  expect(groq.requests.at(-1)?.request?.model).toBe('new/model')
})

test('what the owner says of a model bounds what it is asked for, and refuses what it cannot read before anything is held', async () => {
  const { groq } = await startRouter({ models: [known], answer: () => ({ text: 'Yes.' }) })
  await call(refreshModels, { provider: 'groq' })
  const said = { provider: 'groq', model: known, isDefault: false } as const
  const newWork = (characters: number) =>
    system.newWork({
      providers: ['groq'],
      model: known,
      outputTokensMax: 60_000,
      messages: [{ role: 'user', content: [{ text: 'x'.repeat(characters) }] }],
    })
  const askedFor = async (characters: number) => {
    const reply = await system.ask(newWork(characters))
    expect(reply.outcome).toBe('answered')
    return groq.requests.at(-1)?.request?.outputTokensMax
  }
  expect(await askedFor(10)).toBe(60_000)
  await call(putModelOverride, { ...said, contextTokensMax: null, outputTokensMax: 500 })
  expect(await askedFor(10)).toBe(500)
  await call(putModelOverride, { ...said, contextTokensMax: 4_000, outputTokensMax: 3_500 })
  expect(await askedFor(3_000)).toBeLessThan(3_000)

  const sent = groq.requests.length
  const work = newWork(40_000)
  const reply = await system.ask(work)
  expect(reply).toMatchObject({
    outcome: 'failed',
    failure: { class: 'too_large', message: expect.stringMatching(/reads at most 4000.*Shorten/) },
    facts: { costNanoUsd: 0, attempts: [{ outcome: 'skipped', failureClass: 'too_large' }] },
  })
  expect(groq.requests).toHaveLength(sent)
  expect(await system.settlementsOf(work.callId)).toEqual([])
})

test('a provider that lists nothing says why, and what it listed before stays', async () => {
  let keys = ['gsk_models']
  await startRouter({ keys: () => keys })
  await call(refreshModels, { provider: 'groq' })
  const before = (await call(listModels, { provider: 'groq' })).items.length
  expect(before).toBeGreaterThan(0)
  keys = []
  const { items } = await call(refreshModels, { provider: 'groq' })
  expect(items).toMatchObject([{ provider: 'groq', models: 0 }])
  expect(items[0]?.problem).toContain('[key]')
  expect(items[0]?.problem).not.toContain('gsk_models')
  expect((await call(listModels, { provider: 'groq' })).items).toHaveLength(before)
})
