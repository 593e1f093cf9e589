import { expect, test } from 'vitest'
import { inUsd } from './in-usd.ts'

test('money becomes decimal text, and its name says so', () => {
  expect(
    inUsd({
      title: 'A task',
      costNanoUsd: 75_000,
      limitNanoUsd: null,
      inputMicroUsdPerMTok: 590_000,
    }),
  ).toEqual({ title: 'A task', costUsd: '0.000075', limitUsd: null, inputUsdPerMTok: '0.59' })
})

test('the smallest and the largest amounts are exact', () => {
  expect(inUsd({ aNanoUsd: 1, bNanoUsd: 9_000_000_000_000_000, cNanoUsd: 0 })).toEqual({
    aUsd: '0.000000001',
    bUsd: '9000000',
    cUsd: '0',
  })
})
