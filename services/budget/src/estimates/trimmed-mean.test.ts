import fc from 'fast-check'
import { expect, test } from 'vitest'
import { trimmedMean } from './trimmed-mean.ts'

test('nothing has no mean, and of one or two none is left out', () => {
  expect([trimmedMean([]), trimmedMean([7]), trimmedMean([1, 3])]).toEqual([null, 7, 2])
})

test('one that ran wild moves it no further than the others reach', () => {
  expect(trimmedMean([100, 110, 90, 1_000_000])).toBe(105)
  fc.assert(
    fc.property(
      fc.array(fc.nat(10_000), { minLength: 3 }),
      fc.integer({ min: 100_000, max: 1_000_000_000 }),
      (values, wild) => {
        expect(trimmedMean([...values, wild])).toBeLessThanOrEqual(Math.max(...values))
      },
    ),
  )
})
