import { expect, test } from 'vitest'
import { errorPercent, medianOf } from './error-percent.ts'

test.each([
  [200, 250, 25],
  [200, 150, -25],
  [300, 301, 0.3],
  [0, 10, null],
  [null, 10, null],
  [200, null, null],
])('of %j told and %j come it was off by %j percent', (told, actual, percent) => {
  expect(errorPercent(told, actual)).toBe(percent)
})

test('the median is the middle one, or between the two', () => {
  expect([medianOf([]), medianOf([9, 1, 5]), medianOf([4, 1])]).toEqual([null, 5, 2.5])
})
