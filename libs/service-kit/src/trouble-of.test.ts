import { AppError } from '@maestro/contracts/errors'
import { expect, test } from 'vitest'
import { NatsError } from './nats.ts'
import type { Outage } from './outage-log.ts'
import { troubleOf } from './trouble-of.ts'

const outage = (since: number, error: unknown = new AppError('UNAVAILABLE')): Outage => ({
  away: `away since ${since}`,
  since,
  error,
})

test('what is away for a moment, as in a restart, is no trouble yet', () => {
  expect(troubleOf([null, outage(5_000)], 14_999)).toBeNull()
  expect(troubleOf([null, outage(5_000)], 15_000)).toMatchObject({ what: 'away since 5000' })
  expect(troubleOf([], 15_000)).toBeNull()
})

test('of several outages the oldest is told, with its beginning', () => {
  expect(troubleOf([outage(3_000), outage(1_000), outage(2_000)], 60_000)).toMatchObject({
    what: 'away since 1000',
    since: '1970-01-01T00:00:01.000Z',
  })
})

test('the reason is what the server said, else what we know', () => {
  const full = new NatsError('503', '503')
  full.api_error = { code: 503, err_code: 10_077, description: 'no space left on device' }
  const reasons = [
    full,
    new AppError('UNAVAILABLE', { reason: 'no stream takes this' }),
    new AppError('TIMEOUT'),
  ].map((error) => troubleOf([outage(0, error)], 60_000)?.reason)
  expect(reasons).toEqual([
    'no space left on device',
    'no stream takes this',
    expect.stringMatching(/^TIMEOUT: /),
  ])
})
