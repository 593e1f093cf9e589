import { expect, test } from 'vitest'
import { expectedWords, worstWords } from './price-words.ts'

test('an amount is told to its last decimal', () => {
  const price = { expectedUsd: '0.000075', worstUsd: '0.0123456' } as const
  expect(expectedWords(price)).toBe('$0.000075')
  expect(worstWords({ ...price, worstBy: 'plan' })).toBe('$0.0123456')
})

test('what nobody knows is never told as nothing, and a limit is named', () => {
  expect(expectedWords({ expectedUsd: null, worstUsd: null })).toBe('not known')
  expect(worstWords({ expectedUsd: null, worstUsd: null, worstBy: null })).toBe('no bound')
  expect(worstWords({ expectedUsd: null, worstUsd: '0.5', worstBy: 'limit' })).toBe(
    '$0.5, its limit',
  )
})
