import { expect, test } from 'vitest'
import { decimalsFor, exactMoney } from './exact-money.ts'

test('money is told to its last decimal', () => {
  expect(exactMoney(0)).toBe('$0.0000')
  expect(exactMoney(75)).toBe('$0.000000075')
  expect(exactMoney(1_234_500_000_000)).toBe('$1,234.5000')
  expect(exactMoney(-1_500_000)).toBe('−$0.0015')
})

test('a column of amounts has as many decimals as the finest of them needs', () => {
  const amounts = [1_000_000_000, 144_300, 0]
  const decimals = decimalsFor(amounts)
  expect(amounts.map((amount) => exactMoney(amount, decimals))).toEqual([
    '$1.0000000',
    '$0.0001443',
    '$0.0000000',
  ])
})
