import { expect, test } from 'vitest'
import { CallStrategy, mergeStrategies } from './call-strategy.ts'

test('the first that says something decides, part by part and model by model', () =>
  expect(
    mergeStrategies(
      { models: { groq: 'a' } },
      undefined,
      { providers: ['gemini'], models: { groq: 'b', gemini: 'c' } },
      { providers: ['groq'], prefer: 'price' },
    ),
  ).toEqual({ providers: ['gemini'], models: { groq: 'a', gemini: 'c' }, prefer: 'price' }))

test('an order with the same provider twice, with nobody, or with a stranger is refused', () => {
  for (const providers of [['groq', 'groq'], [], ['somebody']])
    expect(CallStrategy.safeParse({ providers }).success).toBe(false)
})
