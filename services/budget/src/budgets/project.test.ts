import { expect, test } from 'vitest'
import { project } from './project.ts'

const at = new Date('2026-11-10T00:00:00Z')
const hoursAgo = (hours: number) => new Date(at.getTime() - hours * 3_600_000)
const monthly = { settled: 4_000, limit: 10_000, windowEnd: '2026-12-01T00:00:00.000Z' }

test('spending goes on as it did of late, until the window ends or the limit is reached', () => {
  expect(project(monthly, { recent: 480, firstAt: hoursAgo(48), at })).toEqual({
    recent: 480,
    recentSince: '2026-11-08T00:00:00.000Z',
    perDay: 240,
    settledAtEnd: 4_000 + 21 * 240,
    reachedAt: null,
  })
  expect(project(monthly, { recent: 2_000, firstAt: hoursAgo(48), at })).toMatchObject({
    settledAtEnd: 25_000,
    reachedAt: '2026-11-16T00:00:00.000Z',
  })
})

test('a single call of a moment ago counts as an hour of spending', () => {
  const { perDay, recentSince } = project(monthly, { recent: 10, firstAt: hoursAgo(0), at })
  expect([perDay, recentSince]).toEqual([240, '2026-11-09T23:00:00.000Z'])
})

test('without spending nothing is reached, and without an end there is no sum at the end', () => {
  const nothing = { recent: 0, firstAt: null, at }
  expect(project(monthly, nothing)).toMatchObject({ settledAtEnd: 4_000, reachedAt: null })
  const once = { ...monthly, windowEnd: null }
  expect(project(once, { recent: 240, firstAt: hoursAgo(24), at })).toMatchObject({
    settledAtEnd: null,
    reachedAt: '2026-12-05T00:00:00.000Z',
  })
})

test('what is reached is reached now, also by a correction that took spending back', () => {
  const spent = { ...monthly, settled: 10_000 }
  expect(project(spent, { recent: -5, firstAt: hoursAgo(1), at })).toMatchObject({
    recent: 0,
    reachedAt: at.toISOString(),
  })
})
