import { createLogger } from '@maestro/service-kit/logger'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { openTestBudget, type TestBudget } from '../open-test-budget.ts'
import { putGivenPrices, removeOverride } from './given-prices.ts'
import { priceTable } from './price-table.ts'
import { startPriceWatch } from './price-watch.ts'

let budget: TestBudget
beforeAll(async () => {
  budget = await openTestBudget({ globalUsd: '10' })
})
afterAll(() => budget.close())
beforeEach(() => budget.sql`delete from given_prices`)

const log = createLogger({ service: 'budget', copy: 'test', level: 'silent' })
const noon = new Date('2026-11-22T12:00:00Z')
const later = new Date('2026-11-22T13:00:00Z')
const rateOf = (provider: 'groq' | 'gemini', model: string, input: number) => ({
  provider,
  model,
  inputMicroUsdPerMTok: input,
  cachedInputMicroUsdPerMTok: input,
  outputMicroUsdPerMTok: input,
  longAboveTokens: null,
  longInputMicroUsdPerMTok: null,
  longCachedInputMicroUsdPerMTok: null,
  longOutputMicroUsdPerMTok: null,
})
const put = (origin: 'provider' | 'override', at: Date, ...prices: ReturnType<typeof rateOf>[]) =>
  putGivenPrices(budget.sql, {
    origin,
    source: 'a test',
    prices: prices.map((rate) => ({ rate, outputTokensMax: 1_000 })),
    file: priceTable,
    at,
  })
const watch = async () => {
  const watching = await startPriceWatch({ sql: budget.sql, log })
  onTestFinished(watching.stop)
  const inputAt = (provider: 'groq' | 'gemini', model: string, at: Date | string) =>
    watching.prices.priceAt(provider, model, new Date(at))?.rate.inputMicroUsdPerMTok
  return { ...watching, inputAt }
}
const argon = 'gemini-4-argon'

test('a published price is used from its time on; what was before it keeps its price, and the same again is no change', async () => {
  const model = 'openai/gpt-oss-120b'
  expect(await put('provider', noon, rateOf('groq', model, 170_000))).toBe(1)
  expect(await put('provider', later, rateOf('groq', model, 170_000))).toBe(0)
  expect(await put('provider', later, rateOf('groq', model, 180_000))).toBe(1)
  const { inputAt } = await watch()
  expect(inputAt('groq', model, '2026-11-22T11:59:59Z')).toBe(150_000)
  expect(inputAt('groq', model, noon)).toBe(170_000)
  expect(inputAt('groq', model, '2026-11-22T12:59:59Z')).toBe(170_000)
  expect(inputAt('groq', model, later)).toBe(180_000)
})

test('an announced change ends what a provider publishes before it', async () => {
  await put('provider', noon, rateOf('gemini', argon, 1_900_000))
  const { inputAt } = await watch()
  expect(inputAt('gemini', argon, '2026-11-30T23:59:59Z')).toBe(1_900_000)
  expect(inputAt('gemini', argon, '2026-12-01T00:00:00Z')).toBe(4_000_000)
})

test("the owner's price outlives refreshes and announced changes, until it is taken back", async () => {
  await put('override', noon, rateOf('gemini', argon, 5))
  await put('provider', later, rateOf('gemini', argon, 1_900_000))
  const watching = await watch()
  expect(watching.inputAt('gemini', argon, later)).toBe(5)
  expect(watching.inputAt('gemini', argon, '2027-01-01T00:00:00Z')).toBe(5)
  const until = new Date('2026-11-22T14:00:00Z')
  await removeOverride(budget.sql, { provider: 'gemini', model: argon, at: until })
  await watching.look()
  expect(watching.inputAt('gemini', argon, '2026-11-22T13:59:59Z')).toBe(5)
  expect(watching.inputAt('gemini', argon, until)).toBe(1_900_000)
  await expect(
    removeOverride(budget.sql, { provider: 'gemini', model: argon, at: until }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('copies that are given the same prices at once keep one of each', async () => {
  const rates = Array.from({ length: 20 }, (_, index) => rateOf('groq', `new/model-${index}`, 7))
  const counts = await Promise.all(Array.from({ length: 5 }, () => put('provider', noon, ...rates)))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20)
  const { prices } = await watch()
  expect(prices.all().filter(({ model }) => model.startsWith('new/'))).toHaveLength(20)
})

test('a copy learns what another one was given, within seconds', async () => {
  const { inputAt } = await watch()
  expect(inputAt('groq', 'new/model', later)).toBeUndefined()
  await put('provider', noon, rateOf('groq', 'new/model', 9))
  await expect.poll(() => inputAt('groq', 'new/model', later)).toBe(9)
})
