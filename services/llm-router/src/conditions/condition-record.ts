import { z } from 'zod'
import type { ProviderCondition } from '../strategy/provider-condition.ts'
import {
  afterAnswer,
  afterClaim,
  afterDropping,
  afterFailure,
  afterKeeping,
  awaitsTrial,
  Breaker,
  closedBreaker,
} from './breaker.ts'

/** What all workers know about one subject: a model asked with a key, a key, or a model whatever the key. */
export const ConditionRecord = z.object({
  /** Grows with every change: whoever changes an older one has to look again. 0: nothing is known. */
  revision: z.number(),
  breaker: Breaker,
  /** Told to wait. Stays, when its time is over, until an answer shows that it is. */
  cooldown: z
    .object({ untilMs: z.number(), reason: z.string(), isForTheDay: z.boolean() })
    .nullable(),
  /** Refused for good: a wrong key, an unknown model. Looked at again from `untilMs` on. */
  off: z.object({ untilMs: z.number(), reason: z.string() }).nullable(),
})
export type ConditionRecord = z.infer<typeof ConditionRecord>

export const unknownRecord: ConditionRecord = {
  revision: 0,
  breaker: closedBreaker,
  cooldown: null,
  off: null,
}

/** What happened to a subject. */
export type ConditionNews =
  /** It was overloaded, silent or out of reach. */
  | { what: 'failed'; trialId: string | null }
  | { what: 'answered'; trialId: string | null }
  | { what: 'trial-claimed' | 'trial-kept' | 'trial-dropped'; trialId: string }
  | { what: 'limited'; untilMs: number; reason: string; isForTheDay: boolean }
  | { what: 'turned-off'; untilMs: number; reason: string }

/** The same object where the news change nothing. */
export const afterNews = (
  record: ConditionRecord,
  news: ConditionNews,
  nowMs: number,
): ConditionRecord => {
  const withBreaker = (breaker: Breaker): ConditionRecord =>
    breaker === record.breaker ? record : { ...record, breaker }
  switch (news.what) {
    case 'failed':
      return withBreaker(afterFailure(record.breaker, news.trialId, nowMs))
    case 'answered': {
      const breaker = afterAnswer(record.breaker, news.trialId)
      // An answer that was on its way when the limit came does not end the wait.
      const cooldown = (record.cooldown?.untilMs ?? 0) > nowMs ? record.cooldown : null
      const isSame =
        breaker === record.breaker && cooldown === record.cooldown && record.off === null
      return isSame ? record : { ...record, breaker, cooldown, off: null }
    }
    case 'trial-claimed':
      return withBreaker(afterClaim(record.breaker, news.trialId, nowMs))
    case 'trial-kept':
      return withBreaker(afterKeeping(record.breaker, news.trialId, nowMs))
    case 'trial-dropped':
      return withBreaker(afterDropping(record.breaker, news.trialId, nowMs))
    case 'limited': {
      const { untilMs, reason, isForTheDay } = news
      // A shorter wait does not end a longer one.
      return (record.cooldown?.untilMs ?? 0) >= untilMs
        ? record
        : { ...record, cooldown: { untilMs, reason, isForTheDay } }
    }
    case 'turned-off': {
      const { untilMs, reason } = news
      return { ...record, off: { untilMs, reason } }
    }
    default:
      return news satisfies never
  }
}

/** How a subject can be used now. */
export const conditionOfRecord = (record: ConditionRecord, nowMs: number): ProviderCondition => {
  const { off, cooldown, breaker } = record
  if (off !== null && off.untilMs > nowMs) return { state: 'off', ...off }
  if (cooldown !== null && cooldown.untilMs > nowMs) {
    const { untilMs, reason } = cooldown
    return { state: 'cooling', untilMs, reason }
  }
  if (breaker.state === 'closed') return { state: 'ready' }
  if (awaitsTrial(breaker, nowMs)) return { state: 'ready', isTrial: true }
  const reason =
    breaker.state === 'open'
      ? 'it failed too often; it is tried again soon'
      : 'it failed too often; one call tries whether it is back'
  return { state: 'cooling', untilMs: breaker.untilMs, reason, isBroken: true }
}
