import { BudgetId } from '@maestro/contracts/budget/budget'
import type { CallUse } from '@maestro/contracts/llm/call-use-endpoints'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { expect, test } from 'vitest'
import { createPriceBook } from '../prices/price-book.ts'
import { priceTable } from '../prices/price-table.ts'
import { suggestBudgets } from './suggest-budgets.ts'
import { suggestCache } from './suggest-cache.ts'
import { suggestModels } from './suggest-models.ts'
import { suggestPrompts } from './suggest-prompts.ts'

const prices = createPriceBook(priceTable.map((price) => ({ ...price, origin: 'file' as const })))
const at = new Date('2026-11-22T12:00:00Z')
const asked = { purpose: 'step', provider: 'groq', model: 'openai/gpt-oss-120b' } as const

test('what was bought again could have cost as much as its first time; what is free saves nothing', () => {
  const repeated = {
    ...asked,
    calls: 3,
    costNanoUsd: nanoUsd(300_500),
    firstCostNanoUsd: nanoUsd(100_000),
    callIds: [],
    taskIds: [],
  }
  expect(suggestCache([repeated])).toMatchObject([
    { kind: 'cache', savingNanoUsd: 200_500, why: expect.stringContaining('in 3 places') },
  ])
  const free = { costNanoUsd: nanoUsd(0), firstCostNanoUsd: nanoUsd(0) }
  expect(suggestCache([{ ...repeated, ...free }])).toEqual([])
})

type ModelUse = CallUse['models'][number]
const use = (change: Partial<ModelUse> = {}): ModelUse => ({
  ...asked,
  answered: 40,
  refused: 0,
  failed: 0,
  costNanoUsd: nanoUsd(4_000_000),
  ...change,
})
const cheap = (change: Partial<ModelUse> = {}) =>
  use({ model: 'openai/gpt-oss-20b', costNanoUsd: nanoUsd(1_000_000), ...change })

test('a cheaper model that does as well is named with the tries of both and what it would save', () => {
  expect(suggestModels([use(), cheap()])).toMatchObject([
    {
      kind: 'model',
      what: expect.stringContaining('openai/gpt-oss-20b of groq'),
      why: expect.stringMatching(/40 of 40 tries .*40 of 40 tries/),
      // 40 answers at 100,000 nano-dollars, which would have cost 25,000 each.
      savingNanoUsd: 3_000_000,
      target: { model: 'openai/gpt-oss-120b', purpose: 'step' },
    },
  ])
})

test.each([
  ['it fails more often', cheap({ failed: 1 })],
  ['its answers cannot be used as often', cheap({ refused: 1 })],
  ['too few tries are known', cheap({ answered: 29 })],
  ['it does something else', cheap({ purpose: 'plan' })],
  ['it is hardly cheaper', cheap({ costNanoUsd: nanoUsd(3_900_000) })],
  ['it is no model', cheap({ provider: 'rehearsal', costNanoUsd: nanoUsd(0) })],
  ['nothing of it was ever used', cheap({ refused: 40 })],
])('a cheaper model is not named when %s', (_why, other) => {
  expect(suggestModels([use(), other])).toEqual([])
})

const prompt = {
  ...asked,
  calls: 11,
  promptBytes: 8_000,
  inputBytes: 11 * 16_000,
  inputTokens: 11 * 4_000,
  cachedInputTokens: 0,
  callIds: [],
  taskIds: [],
  price: prices.priceAt('groq', asked.model, at),
}

test('a long prompt that repeats is worth the discount on all calls but the first, less what has it already', () => {
  // Half of the bytes are half of 4,000 tokens; cached ones cost 75 in place of 150 nano-dollars.
  const discount = 75
  expect(suggestPrompts([prompt])).toMatchObject([
    {
      kind: 'prompt',
      savingNanoUsd: 2_000 * 10 * discount,
      why: expect.stringContaining('2000 tokens'),
    },
  ])
  expect(suggestPrompts([{ ...prompt, cachedInputTokens: 15_000 }])).toMatchObject([
    { savingNanoUsd: 5_000 * discount },
  ])
  expect(suggestPrompts([{ ...prompt, cachedInputTokens: 20_000 }])).toEqual([])
})

test('where the provider gives no discount, what a tenth less would save is told', () => {
  const { price } = prompt
  if (price === null) throw new Error('there is no price')
  const rate = { ...price.rate, cachedInputMicroUsdPerMTok: price.rate.inputMicroUsdPerMTok }
  expect(suggestPrompts([{ ...prompt, price: { ...price, rate } }])).toMatchObject([
    { what: expect.stringContaining('Shorten'), savingNanoUsd: (2_000 * 11 * 150) / 10 },
  ])
})

test.each([
  ['is short', { promptBytes: 4_000 }],
  ['was asked seldom', { calls: 9 }],
  ['has no price', { price: null }],
])('a prompt that %s is left alone', (_why, change) => {
  expect(suggestPrompts([{ ...prompt, ...change }])).toEqual([])
})

const budget = {
  budgetId: BudgetId.parse('bdg_1'),
  scope: 'user' as const,
  id: 'anna',
  unit: 'nano-usd' as const,
  period: 'daily' as const,
  limit: 10_000_000_000,
  windows: 3,
  highest: 2_000_000_000,
}

test('a budget of which no window saw more than a fifth bounds nothing, and lowering it saves nothing by itself', () => {
  expect(suggestBudgets([budget])).toMatchObject([
    {
      kind: 'budget',
      why: 'Of $10 at most $2 (20 %) was used in any of the last 3 windows.',
      savingNanoUsd: 0,
      target: { budgetId: 'bdg_1' },
    },
  ])
  expect(suggestBudgets([{ ...budget, windows: 2 }])).toEqual([])
  expect(suggestBudgets([{ ...budget, highest: 2_000_000_001 }])).toEqual([])
})
