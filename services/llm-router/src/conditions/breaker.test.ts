import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  afterAnswer,
  afterClaim,
  afterDropping,
  afterFailure,
  afterKeeping,
  awaitsTrial,
  type Breaker,
  closedBreaker,
  failuresBeforeOpening,
  trialLeaseMs,
} from './breaker.ts'

const start = 1_000_000
const failed = (times: number, from: Breaker = closedBreaker, everyMs = 1_000): Breaker =>
  Array.from({ length: times }).reduce<Breaker>(
    (breaker, _, index) => afterFailure(breaker, null, start + index * everyMs),
    from,
  )
const opened = failed(failuresBeforeOpening)
const untilOf = (breaker: Breaker) => (breaker.state === 'closed' ? 0 : breaker.untilMs)

test('failures in a row open it, and an answer between them does not let it come to that', () => {
  expect(failed(failuresBeforeOpening - 1).state).toBe('closed')
  expect(opened.state).toBe('open')
  const interrupted = afterAnswer(failed(failuresBeforeOpening - 1), null)
  expect(failed(failuresBeforeOpening - 1, interrupted).state).toBe('closed')
})

test('failures that lie far apart are no row', () =>
  expect(failed(failuresBeforeOpening * 2, closedBreaker, 61_000).state).toBe('closed'))

test('one trial holds at a time, and only when it is time', () => {
  expect(afterClaim(opened, 'a', untilOf(opened) - 1)).toBe(opened)
  const tried = afterClaim(opened, 'a', untilOf(opened))
  expect(tried).toMatchObject({ state: 'trying', trialId: 'a' })
  expect(afterClaim(tried, 'b', untilOf(opened) + 1)).toBe(tried)
})

test('a trial whose worker died gives way, one that is kept does not', () => {
  const atMs = untilOf(opened)
  const tried = afterClaim(opened, 'a', atMs)
  expect(afterClaim(tried, 'b', atMs + trialLeaseMs)).toMatchObject({ trialId: 'b' })
  const kept = afterKeeping(tried, 'a', atMs + trialLeaseMs - 1)
  expect(afterClaim(kept, 'b', atMs + trialLeaseMs)).toBe(kept)
  expect(afterKeeping(tried, 'b', atMs + 1)).toBe(tried)
})

test('only the trial closes or opens it again, and each time it stays open for longer', () => {
  const atMs = untilOf(opened)
  const tried = afterClaim(opened, 'a', atMs)
  expect(afterAnswer(tried, null)).toBe(tried)
  expect(afterFailure(tried, null, atMs)).toBe(tried)
  expect(afterAnswer(tried, 'a')).toEqual(closedBreaker)
  const again = afterFailure(tried, 'a', atMs)
  expect(untilOf(again) - atMs).toBe(2 * (untilOf(opened) - (start + 4_000)))
})

test('a trial that found nothing out leaves the next one to whoever comes', () => {
  const atMs = untilOf(opened)
  const dropped = afterDropping(afterClaim(opened, 'a', atMs), 'a', atMs + 5)
  expect(awaitsTrial(dropped, atMs + 5)).toBe(true)
})

test('whatever happens: nobody is let through an open breaker but one trial at a time', () => {
  const step = fc.record({
    what: fc.constantFrom('failure', 'answer', 'claim', 'keep', 'drop'),
    who: fc.constantFrom('a', 'b', 'c', null),
    afterMs: fc.integer({ min: 0, max: 20_000 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let breaker: Breaker = closedBreaker
      let nowMs = start
      for (const { what, who, afterMs } of steps) {
        nowMs += afterMs
        const before: Breaker = breaker
        const trialId = who ?? 'x'
        if (what === 'failure') breaker = afterFailure(before, who, nowMs)
        if (what === 'answer') breaker = afterAnswer(before, who)
        if (what === 'claim') breaker = afterClaim(before, trialId, nowMs)
        if (what === 'keep') breaker = afterKeeping(before, trialId, nowMs)
        if (what === 'drop') breaker = afterDropping(before, trialId, nowMs)
        const isTaken = before.state === 'trying' && before.untilMs > nowMs
        const isOther = breaker.state === 'trying' && breaker !== before && what === 'claim'
        // A trial that holds is never handed to somebody else.
        expect(isTaken && isOther).toBe(false)
        // Out of an open breaker leads only a trial.
        if (before.state === 'open') expect(breaker.state).not.toBe('closed')
        if (before.state === 'trying' && breaker.state === 'closed')
          expect(who).toBe(before.trialId)
        // It never stays open without an end.
        if (breaker.state !== 'closed') expect(breaker.untilMs - nowMs).toBeLessThanOrEqual(120_000)
      }
    }),
  )
})
