import { expect, test } from 'vitest'
import {
  formatAge,
  formatDuration,
  formatElapsed,
  formatMoment,
  formatStepTime,
  formatUntil,
} from './format-time.ts'

test('elapsed time is exact and gains hours only when there are some', () => {
  expect(formatElapsed(461_900)).toBe('07:41')
  expect(formatElapsed(4_061_000)).toBe('1:07:41')
  expect(formatStepTime(12_480)).toBe('00:12.4')
})

test('a duration uses the two units that matter', () => {
  expect(formatDuration(340)).toBe('340 ms')
  expect(formatDuration(12_400)).toBe('12.4 s')
  expect(formatDuration(59_999)).toBe('59.9 s')
  expect(formatDuration(8_040_000)).toBe('2 h 14 m')
  expect(formatDuration(266_400_000)).toBe('3 d 2 h')
})

test('age is relative for a day, then a date', () => {
  const now = Date.parse('2026-03-14T12:00:00Z')
  expect(formatAge(now - 2_000, now)).toBe('just now')
  expect(formatAge(now - 7 * 60_000, now)).toBe('7 m ago')
  expect(formatAge(now - 48 * 3_600_000, now)).toMatch(/^2026-03-12 /)
})

test('an exact time of today needs no date, one of another day has it', () => {
  const now = new Date(2026, 2, 14, 14, 3, 22).getTime()
  expect(formatMoment(now, now)).toBe('14:03:22')
  expect(formatMoment(new Date(2026, 2, 13, 14, 3).getTime(), now)).toBe('2026-03-13 14:03')
})

test('a moment to come counts down to now', () => {
  expect(formatUntil(11_200, 0)).toBe('in 12 s')
  expect(formatUntil(0, 5)).toBe('now')
})
