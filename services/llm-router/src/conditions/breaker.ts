import { z } from 'zod'

// Invariants:
// 1. While a breaker is open nobody asks; from `untilMs` on one call may find out whether the provider is back: the trial.
// 2. At most one trial holds at a time. It holds for as long as its worker keeps it, so that a worker that dies with it blocks nobody.
// 3. Only the trial says how an open breaker goes on: what was sent before it opened is old news.

/** Failures in a row, over all workers, after which asking on is no use. */
export const failuresBeforeOpening = 5
/** Failures further apart than this have nothing to do with each other. */
const rowMsMax = 60_000
const openMsBase = 5_000
const openMsMax = 120_000
/** Three times the heartbeat with which a worker keeps its trial. */
export const trialLeaseMs = 15_000

/** Whether a provider is worth asking, from how the calls before ended. */
export const Breaker = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('closed'),
    /** Since the last answer. */
    failures: z.int().nonnegative(),
    lastFailureAtMs: z.number(),
  }),
  z.object({
    state: z.literal('open'),
    untilMs: z.number(),
    /** How often it opened without having closed in between. */
    openings: z.int().positive(),
  }),
  z.object({
    state: z.literal('trying'),
    openings: z.int().positive(),
    trialId: z.string(),
    /** When the trial stops to hold, unless it is kept. */
    untilMs: z.number(),
  }),
])
export type Breaker = z.infer<typeof Breaker>

export const closedBreaker: Breaker = { state: 'closed', failures: 0, lastFailureAtMs: 0 }

const opened = (openings: number, nowMs: number): Breaker => ({
  state: 'open',
  openings,
  untilMs: nowMs + Math.min(openMsBase * 2 ** (openings - 1), openMsMax),
})

const isTrial = (breaker: Breaker, trialId: string | null): boolean =>
  breaker.state === 'trying' && breaker.trialId === trialId

/** `trialId`: of the call that failed, when it was a trial. */
export const afterFailure = (breaker: Breaker, trialId: string | null, nowMs: number): Breaker => {
  if (breaker.state === 'trying' && isTrial(breaker, trialId))
    return opened(breaker.openings + 1, nowMs)
  if (breaker.state !== 'closed') return breaker
  const isInRow = nowMs - breaker.lastFailureAtMs <= rowMsMax
  const failures = (isInRow ? breaker.failures : 0) + 1
  return failures >= failuresBeforeOpening
    ? opened(1, nowMs)
    : { state: 'closed', failures, lastFailureAtMs: nowMs }
}

/** The provider was there and did its work, whatever came of the call. */
export const afterAnswer = (breaker: Breaker, trialId: string | null): Breaker => {
  if (breaker.state === 'closed') return breaker.failures === 0 ? breaker : closedBreaker
  return isTrial(breaker, trialId) ? closedBreaker : breaker
}

/** Whether a trial could begin now. */
export const awaitsTrial = (breaker: Breaker, nowMs: number): boolean =>
  breaker.state !== 'closed' && breaker.untilMs <= nowMs

/** Gives the trial to this call, when nobody holds it. */
export const afterClaim = (breaker: Breaker, trialId: string, nowMs: number): Breaker =>
  breaker.state !== 'closed' && awaitsTrial(breaker, nowMs)
    ? { state: 'trying', openings: breaker.openings, trialId, untilMs: nowMs + trialLeaseMs }
    : breaker

/** The trial is still under way. */
export const afterKeeping = (breaker: Breaker, trialId: string, nowMs: number): Breaker =>
  breaker.state === 'trying' && isTrial(breaker, trialId)
    ? { ...breaker, untilMs: nowMs + trialLeaseMs }
    : breaker

/** The trial ended without having found out: the next call may try at once. */
export const afterDropping = (breaker: Breaker, trialId: string, nowMs: number): Breaker =>
  breaker.state === 'trying' && isTrial(breaker, trialId)
    ? { state: 'open', openings: breaker.openings, untilMs: nowMs }
    : breaker
