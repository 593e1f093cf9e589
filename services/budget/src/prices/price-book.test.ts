import { expect, test } from 'vitest'
import { createPriceBook } from './price-book.ts'
import { priceTable } from './price-table.ts'

const book = createPriceBook(priceTable)
const inputPrice = (model: string, at: string) =>
  book.priceAt('gemini', model, new Date(at))?.rate.inputMicroUsdPerMTok

test('a price changes at midnight of its day and not a moment earlier', () => {
  expect(inputPrice('gemini-4-argon', '2026-11-30T23:59:59.999Z')).toBe(2_000_000)
  expect(inputPrice('gemini-4-argon', '2026-12-01T00:00:00.000Z')).toBe(4_000_000)
  expect(inputPrice('gemini-3.8-flash', '2026-12-31T23:59:59.999Z')).toBe(750_000)
  expect(inputPrice('gemini-3.8-flash', '2027-01-01T00:00:00.000Z')).toBe(1_500_000)
})

test('a rerouted model costs what the model costs that answers for it, its later changes included', () => {
  expect(inputPrice('gemini-2.5-pro', '2026-11-30T23:59:59.999Z')).toBe(1_250_000)
  expect(inputPrice('gemini-2.5-pro', '2026-12-01T00:00:00.000Z')).toBe(750_000)
  expect(inputPrice('gemini-2.5-pro', '2027-01-01T00:00:00.000Z')).toBe(1_500_000)
  const flash = book.priceAt('gemini', 'gemini-2.5-flash', new Date('2026-12-02T00:00:00Z'))
  expect(flash?.rate.outputMicroUsdPerMTok).toBe(2_500_000)
  expect(flash?.source).toContain('gemini-3.5-flash-lite')
})

test('models that run here or not at all cost nothing, whatever their names', () => {
  const at = new Date('2026-11-22T00:00:00Z')
  for (const provider of ['ollama', 'rehearsal'] as const) {
    expect(book.priceAt(provider, 'any:7b', at)?.rate).toMatchObject({
      inputMicroUsdPerMTok: 0,
      outputMicroUsdPerMTok: 0,
    })
  }
})

test('an unknown model has no price: none is guessed', () => {
  expect(book.priceAt('groq', 'some/new-model', new Date())).toBeNull()
  expect(book.pricesWithin('groq', 'some/new-model', new Date(), new Date())).toEqual([])
})

test('a model may be named by its path', () => {
  expect(inputPrice('models/gemini-4-argon', '2026-11-22T00:00:00Z')).toBe(2_000_000)
})

test('within a time that holds a change, both prices may be billed', () => {
  const around = book.pricesWithin(
    'gemini',
    'gemini-2.5-pro',
    new Date('2026-11-30T23:59:00Z'),
    new Date('2026-12-01T00:01:00Z'),
  )
  expect(around.map(({ rate }) => rate.inputMicroUsdPerMTok)).toEqual([1_250_000, 750_000])
})

test('the prices of a model follow each other without gap or overlap', () => {
  const byModel = Map.groupBy(priceTable, ({ provider, model }) => `${provider} ${model}`)
  for (const prices of byModel.values()) {
    for (const [index, price] of prices.entries()) {
      expect(price.validUntil).toEqual(prices[index + 1]?.validFrom ?? null)
    }
  }
})
