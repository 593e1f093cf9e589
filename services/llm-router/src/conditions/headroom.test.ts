import { expect, test } from 'vitest'
import { headroomShare } from './headroom.ts'

const seenAtMs = 1_000_000
const headroom = {
  seenAtMs,
  requests: { limit: 1_000, left: 900, fullAtMs: seenAtMs + 10_000 },
  tokens: { limit: 6_000, left: 600, fullAtMs: seenAtMs + 60_000 },
}

test('the scarcest quota counts', () => expect(headroomShare(headroom, seenAtMs)).toBe(0.1))

test('a quota fills up evenly, and no further', () => {
  expect(headroomShare(headroom, seenAtMs + 30_000)).toBeCloseTo(0.55)
  expect(headroomShare(headroom, seenAtMs + 3_600_000)).toBe(1)
})

test('where nothing is known, nothing is scarce', () =>
  expect(headroomShare({ seenAtMs, requests: null, tokens: null }, seenAtMs)).toBe(1))
