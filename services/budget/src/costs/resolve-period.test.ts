import { expect, test } from 'vitest'
import { resolvePeriod } from './resolve-period.ts'

const now = new Date('2026-11-22T12:00:00Z')

test.each([
  // Clocks go back in Berlin on 25 October: that day has 25 hours.
  ['2026-10-25', '2026-10-26', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', 25],
  ['2026-03-29', '2026-03-30', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', 23],
  ['2026-11-01', '2026-11-02', 'UTC', '2026-11-01T00:00:00.000Z', 24],
  [
    '2026-11-01T02:00:00+02:00',
    '2026-11-01T03:00:00Z',
    'Asia/Tokyo',
    '2026-11-01T00:00:00.000Z',
    3,
  ],
])('from %s to %s in %s begins at %s and has %i hours', (from, to, timeZone, start, hours) => {
  const period = resolvePeriod({ from, to, timeZone }, now)
  expect(period.from.toISOString()).toBe(start)
  expect(period.to.getTime() - period.from.getTime()).toBe(hours * 3_600_000)
})

test('what is left out is the 30 days until now', () => {
  expect(resolvePeriod({ from: null, to: null, timeZone: 'UTC' }, now)).toEqual({
    from: new Date('2026-10-23T12:00:00Z'),
    to: now,
  })
})

test.each([
  ['2026-11-02', '2026-11-01', 'put from before to'],
  ['2026-11-01', '2026-11-01', 'put from before to'],
  ['2025-01-01', '2026-11-01', 'at most 400 days'],
  ['0000-01-01', '0000-01-02', 'begin later'],
])('a period from %s to %s is refused with what to do', (from, to, told) => {
  expect(() => resolvePeriod({ from, to, timeZone: 'UTC' }, now)).toThrow(
    expect.objectContaining({
      code: 'INVALID_INPUT',
      details: expect.objectContaining({ reason: expect.stringContaining(told) }),
    }),
  )
})
