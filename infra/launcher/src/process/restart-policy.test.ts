import { expect, test } from 'vitest'
import { afterDeath } from './restart-policy.ts'

test('waits twice as long after each death in a row, up to five seconds', () => {
  const delays = [0, 1, 2, 3, 4, 5, 6].map((deaths) =>
    afterDeath({ deaths, livedMs: 100, wasEverReady: true }),
  )
  expect(delays).toMatchObject(
    [200, 400, 800, 1_600, 3_200, 5_000, 5_000].map((delayMs) => ({ delayMs })),
  )
})

test('forgets earlier deaths of who has stayed up', () => {
  expect(afterDeath({ deaths: 19, livedMs: 10_000, wasEverReady: true })).toEqual({
    verdict: 'restart',
    delayMs: 200,
    deaths: 1,
  })
})

test('gives up after three deaths before the first readiness, so that a start fails soon', () => {
  expect(afterDeath({ deaths: 1, livedMs: 10, wasEverReady: false }).verdict).toBe('restart')
  expect(afterDeath({ deaths: 2, livedMs: 10, wasEverReady: false }).verdict).toBe('give up')
})

test('does not restart for ever what cannot stay up', () => {
  expect(afterDeath({ deaths: 19, livedMs: 10, wasEverReady: true }).verdict).toBe('give up')
})
