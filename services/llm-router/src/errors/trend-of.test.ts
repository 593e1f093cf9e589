import { expect, test } from 'vitest'
import { trendOf } from './trend-of.ts'

test.each([
  ['new', { lately: 3, before: 0, total: 3 }],
  ['rising', { lately: 8, before: 4, total: 20 }],
  ['steady', { lately: 5, before: 4, total: 20 }],
  ['falling', { lately: 2, before: 4, total: 20 }],
  ['quiet', { lately: 0, before: 4, total: 20 }],
] as const)('%s', (trend, counts) => expect(trendOf(counts)).toBe(trend))
