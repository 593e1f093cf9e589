import { TimeZone } from '@maestro/contracts/budget/budget'
import { expect, test } from 'vitest'
import { windowAt } from './window.ts'

const hoursOf = ({ windowStart, windowEnd }: { windowStart: string; windowEnd: string | null }) =>
  (Date.parse(windowEnd ?? windowStart) - Date.parse(windowStart)) / 3_600_000

test.each([
  // Clocks go forward at 02:00 on 29 March in Berlin and on 8 March in New York, and back in autumn.
  ['2026-03-29T12:00:00Z', 'Europe/Berlin', '2026-03-28T23:00:00.000Z', 23],
  ['2026-10-25T12:00:00Z', 'Europe/Berlin', '2026-10-24T22:00:00.000Z', 25],
  ['2026-03-08T12:00:00Z', 'America/New_York', '2026-03-08T05:00:00.000Z', 23],
  ['2026-11-01T12:00:00Z', 'America/New_York', '2026-11-01T04:00:00.000Z', 25],
  ['2026-11-01T12:00:00Z', 'UTC', '2026-11-01T00:00:00.000Z', 24],
  // Midnight is skipped in Beirut on 29 March, and shown twice in Havana on 1 November.
  ['2026-03-29T12:00:00Z', 'Asia/Beirut', '2026-03-28T22:00:00.000Z', 23],
  ['2026-11-01T12:00:00Z', 'America/Havana', '2026-11-01T04:00:00.000Z', 25],
])('the day of %s in %s begins at %s and has %i hours', (at, timeZone, start, hours) => {
  const window = windowAt({ period: 'daily', timeZone }, new Date(at))
  expect([window.windowStart, hoursOf(window)]).toEqual([start, hours])
})

test.each([
  ['2026-03-29T12:00:00Z', 'weekly', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
  ['2026-03-29T22:00:00Z', 'weekly', '2026-03-29T22:00:00.000Z', '2026-04-05T22:00:00.000Z'],
  ['2026-10-31T12:00:00Z', 'monthly', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
  ['2026-12-31T23:30:00Z', 'monthly', '2026-12-31T23:00:00.000Z', '2027-01-31T23:00:00.000Z'],
  ['2026-12-31T23:30:00Z', 'yearly', '2026-12-31T23:00:00.000Z', '2027-12-31T23:00:00.000Z'],
  ['2028-02-29T12:00:00Z', 'monthly', '2028-01-31T23:00:00.000Z', '2028-02-29T23:00:00.000Z'],
  ['2026-12-31T23:30:00Z', 'once', '1970-01-01T00:00:00.000Z', null],
] as const)('at %s in Berlin the %s window is %s to %s', (at, period, windowStart, windowEnd) => {
  expect(windowAt({ period, timeZone: 'Europe/Berlin' }, new Date(at))).toEqual({
    windowStart,
    windowEnd,
  })
})

test('the end of a window is the start of the next, through a year of any rhythm', () => {
  for (const timeZone of ['Europe/Berlin', 'America/New_York', 'Asia/Beirut', 'Pacific/Chatham']) {
    for (const period of ['daily', 'weekly', 'monthly'] as const) {
      let at = new Date('2026-01-01T00:00:00Z')
      while (at < new Date('2027-02-01T00:00:00Z')) {
        const { windowStart, windowEnd } = windowAt({ period, timeZone }, at)
        expect(Date.parse(windowStart)).toBeLessThanOrEqual(at.getTime())
        const end = new Date(windowEnd ?? 0)
        expect(windowAt({ period, timeZone }, new Date(end.getTime() - 1)).windowEnd).toBe(
          windowEnd,
        )
        expect(windowAt({ period, timeZone }, end).windowStart).toBe(windowEnd)
        at = end
      }
    }
  }
})

test.each(['Mars/Olympus', '', '+01:00', 'Europe/Berlin\0'])('%j is no time zone', (name) => {
  const parsed = TimeZone.safeParse(name)
  expect(parsed.error?.issues[0]?.message).toContain(JSON.stringify(name))
})
