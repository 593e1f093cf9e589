import { costOf } from '@maestro/contracts/money/cost-of'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPriceBook } from '../prices/price-book.ts'
import { priceTable } from '../prices/price-table.ts'
import { holdingOf } from './holding-of.ts'

const book = createPriceBook(priceTable)
const at = new Date('2026-11-22T12:00:00Z')
const gemini = (model: string, from = at, until = at) =>
  book.pricesWithin('gemini', model, from, until)

test('no usage that fits the request costs more than is held, for any model', () => {
  const request = fc.record({
    price: fc.constantFrom(...priceTable),
    inputBytes: fc.nat({ max: 4_000_000 }),
    outputTokensMax: fc.integer({ min: 1, max: 2_000_000 }),
    inputShare: fc.double({ min: 0, max: 1, noNaN: true }),
    cachedShare: fc.double({ min: 0, max: 1, noNaN: true }),
    outputShare: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  fc.assert(
    fc.property(request, (wish) => {
      const { price, inputBytes, outputTokensMax } = wish
      const inputTokens = Math.floor(inputBytes * wish.inputShare)
      const outputMax = Math.min(outputTokensMax, price.outputTokensMax ?? outputTokensMax)
      const usage = {
        inputTokens,
        cachedInputTokens: Math.floor(inputTokens * wish.cachedShare),
        outputTokens: Math.floor(outputMax * wish.outputShare),
        reasoningTokens: 0,
      }
      const holding = holdingOf({ inputBytes, outputTokensMax }, [price])
      expect(holding.nanoUsd).toBeGreaterThanOrEqual(costOf(usage, price.rate))
      expect(holding.tokens).toBeGreaterThanOrEqual(usage.inputTokens + usage.outputTokens)
    }),
    { numRuns: 500 },
  )
})

test('an absurd wish for output holds what the model can make, not all the money there is', () => {
  const prices = gemini('gemini-3.8-flash')
  expect(holdingOf({ inputBytes: 100, outputTokensMax: 999_999_999 }, prices)).toEqual(
    holdingOf({ inputBytes: 100, outputTokensMax: 65_536 }, prices),
  )
})

test('a request that may be long is held at the long rates, all of it', () => {
  const prices = gemini('gemini-3.1-pro-preview')
  const short = holdingOf({ inputBytes: 150_000, outputTokensMax: 1_000 }, prices)
  const long = holdingOf({ inputBytes: 250_000, outputTokensMax: 1_000 }, prices)
  expect(short.nanoUsd).toBe((150_000 + 2_048) * 2_000 + 1_000 * 12_000)
  expect(long.nanoUsd).toBe((250_000 + 2_048) * 4_000 + 1_000 * 18_000)
})

test('across a change of price the dearer one is held', () => {
  const eve = new Date('2026-11-30T23:59:59.999Z')
  const morning = new Date('2026-12-01T00:00:30Z')
  const wish = { inputBytes: 1_000, outputTokensMax: 1_000 }
  expect(holdingOf(wish, gemini('gemini-4-argon', eve, morning))).toEqual(
    holdingOf(wish, gemini('gemini-4-argon', morning, morning)),
  )
})

test('what is free holds tokens and no money', () => {
  const free = book.pricesWithin('rehearsal', 'rehearsal', at, at)
  expect(holdingOf({ inputBytes: 1_000_000, outputTokensMax: 65_536 }, free)).toEqual({
    nanoUsd: 0,
    tokens: 1_000_000 + 2_048 + 65_536,
  })
})
