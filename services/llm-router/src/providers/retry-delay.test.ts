import { expect, test } from 'vitest'
import { delayInText, durationMs, retryAfterMs, retryDelayMaxMs } from './retry-delay.ts'

test('reads durations as Groq and Gemini write them', () => {
  expect(durationMs('6s')).toBe(6_000)
  expect(durationMs('2m59.56s')).toBe(179_560)
  expect(durationMs('72ms')).toBe(72)
  expect(durationMs('45.837906927s')).toBe(45_838)
  expect(durationMs('soon')).toBeNull()
})

test('reads Retry-After as seconds or as a date, and believes no wait of more than a day', () => {
  const nowMs = Date.parse('2026-11-22T10:00:00Z')
  expect(retryAfterMs('3', nowMs)).toBe(3_000)
  expect(retryAfterMs('Sun, 22 Nov 2026 10:00:30 GMT', nowMs)).toBe(30_000)
  expect(retryAfterMs('Sun, 22 Nov 2026 09:00:00 GMT', nowMs)).toBe(0)
  expect(retryAfterMs('999999999', nowMs)).toBe(retryDelayMaxMs)
  expect(retryAfterMs('soon', nowMs)).toBeNull()
  expect(retryAfterMs(null, nowMs)).toBeNull()
})

test('finds the wait in a sentence', () => {
  expect(delayInText('Please try again in 7m12.5s. Visit the billing page.')).toBe(432_500)
  expect(delayInText('Please retry in 45.8s.')).toBe(45_800)
  expect(delayInText('Please try again later.')).toBeNull()
})
