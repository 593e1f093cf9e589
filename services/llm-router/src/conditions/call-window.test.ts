import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addCounts, type Counts, fieldsOf, figuresOf, percentileOf } from './call-window.ts'

const count = (latencies: readonly number[], outcome = 'answered'): Counts =>
  latencies
    .map((latencyMs) => fieldsOf({ outcome, latencyMs, firstTokenMs: Math.min(latencyMs, 100) }))
    .map((fields): Counts => new Map(fields.map((field) => [field, 1])))
    .reduce(addCounts, new Map<string, number>())

const latencies = fc.array(fc.integer({ min: 1, max: 600_000 }), { minLength: 1, maxLength: 200 })

test('a percentile is never below the true one, and at most a fifth above it', () =>
  fc.assert(
    fc.property(latencies, fc.constantFrom(0.5, 0.95, 1), (times, share) => {
      const sorted = [...times].sort((one, other) => one - other)
      const exact = sorted[Math.ceil(times.length * share) - 1] ?? 0
      const found = percentileOf(count(times), 'l', share) ?? 0
      expect(found).toBeGreaterThanOrEqual(exact - 1)
      expect(found).toBeLessThanOrEqual(exact * 1.2 + 1)
    }),
  ))

test('it does not matter which worker counted what', () =>
  fc.assert(
    fc.property(latencies, latencies, (one, other) => {
      const together = figuresOf(count([...one, ...other]))
      expect(figuresOf(addCounts(count(one), count(other)))).toEqual(together)
      expect(figuresOf(addCounts(count(other), count(one)))).toEqual(together)
    }),
  ))

test('failures are counted by class, and say nothing of how long an answer takes', () => {
  const counts = addCounts(count([100, 100]), count([30_000], 'timeout'))
  expect(figuresOf(counts)).toMatchObject({ calls: 3, latencyMs: { p50: 114, p95: 114 } })
  expect([...figuresOf(counts).failures]).toEqual([['timeout', 1]])
})

test('without calls there are no figures', () =>
  expect(figuresOf(new Map())).toEqual({
    calls: 0,
    failures: new Map(),
    latencyMs: null,
    firstTokenMs: null,
  }))
