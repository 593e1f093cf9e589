import { expect, test } from 'vitest'
import { formatCount, formatNumber } from './format-number.ts'

test.each([
  [0, '0'],
  [-0, '0'],
  [2024, '2024'],
  [9999.999, '10000'],
  [12_345, '12,345'],
  [-1_234_567.891, '-1,234,567.89'],
  [0.1 + 0.2, '0.3'],
  [1 / 3, '0.3333'],
  [10 / 3, '3.33'],
  [0.000_012_345_6, '0.00001235'],
  [1e-9, '1.000e-9'],
  [1.5e21, '1.500e+21'],
  [Number.NaN, '–'],
])('%d is written %s', (value, text) => {
  expect(formatNumber(value)).toBe(text)
})

test('one thing is not many', () => {
  expect([0, 1, 2].map((count) => formatCount(count, 'row'))).toEqual(['0 rows', '1 row', '2 rows'])
})
