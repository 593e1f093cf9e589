import { expect, test } from 'vitest'
import { formatLimit, formatMoney } from './format-money.ts'

test('money has four decimals below a dollar and two above', () => {
  expect(formatMoney(3_100_000)).toBe('$0.0031')
  expect(formatMoney(999_960_000)).toBe('$1.00')
  expect(formatMoney(1_234_560_000_000)).toBe('$1,234.56')
})

test('a cost is never shown as nothing when it is something', () => {
  expect(formatMoney(75)).toBe('<$0.0001')
  expect(formatMoney(0)).toBe('$0.00')
})

test('a round limit has no decimals', () => {
  expect(formatLimit(2_000_000_000)).toBe('$2')
  expect(formatLimit(500_000_000)).toBe('$0.5000')
})
