import type { ProviderName } from '@maestro/contracts/llm/chat'
import { expect, test } from 'vitest'
import { createPriceBook } from './price-book.ts'
import type { Price } from './price.ts'
import { pricesInForce } from './prices-in-force.ts'

const at = (day: string) => new Date(`${day}T00:00:00Z`)
const price = (
  origin: Price['origin'],
  input: number,
  from: string,
  until: string | null = null,
  provider: ProviderName = 'groq',
): Price => ({
  provider,
  model: 'm',
  origin,
  rate: {
    provider,
    model: 'm',
    inputMicroUsdPerMTok: input,
    cachedInputMicroUsdPerMTok: input,
    outputMicroUsdPerMTok: input,
    longAboveTokens: null,
    longInputMicroUsdPerMTok: null,
    longCachedInputMicroUsdPerMTok: null,
    longOutputMicroUsdPerMTok: null,
  },
  outputTokensMax: null,
  validFrom: at(from),
  validUntil: until === null ? null : at(until),
  source: origin,
})
const bookOf = (prices: readonly Price[]) => {
  const book = createPriceBook(pricesInForce(prices))
  return (day: string) => book.priceAt('groq', 'm', at(day))?.rate.inputMicroUsdPerMTok
}

const file = [price('file', 10, '2020-01-01', '2026-12-01'), price('file', 20, '2026-12-01')]

test('a published price holds from its time on, and an announced change after it is kept', () => {
  const inputAt = bookOf([...file, price('provider', 12, '2026-11-10', '2026-12-01')])
  expect(['2026-11-09', '2026-11-10', '2026-11-30', '2026-12-01'].map(inputAt)).toEqual([
    10, 12, 12, 20,
  ])
})

test('the word of the owner goes before both, while it holds and not a moment longer', () => {
  const inputAt = bookOf([
    ...file,
    price('provider', 12, '2026-11-10', '2026-12-01'),
    price('override', 5, '2026-11-15', '2026-12-10'),
  ])
  expect(['2026-11-14', '2026-11-15', '2026-12-05', '2026-12-10'].map(inputAt)).toEqual([
    12, 5, 5, 20,
  ])
})

test('a model that only its provider knows has a price from then on, and none before', () => {
  const inputAt = bookOf([price('provider', 7, '2026-11-10')])
  expect(['2026-11-09', '2026-11-10'].map(inputAt)).toEqual([undefined, 7])
})

test('what may be billed within a time is what holds in it, not what it has replaced', () => {
  const book = createPriceBook(pricesInForce([...file, price('override', 5, '2026-11-15')]))
  const within = book.pricesWithin('groq', 'm', at('2026-11-20'), at('2026-12-05'))
  expect(new Set(within.map(({ rate }) => rate.inputMicroUsdPerMTok))).toEqual(new Set([5]))
})
