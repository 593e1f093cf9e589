import type { CallId } from '@maestro/contracts/ids'

/** What is known of a key at the moment of asking, and who asks. */
export type KnownAnswer = {
  callId: CallId
  /** No answer from before this will do. */
  notBefore: Date
  /** The call that bought the answer that is kept; null when there is none. */
  bought: BoughtAnswer | null
  /** The newest call that went to buy one. */
  leader: {
    callId: CallId
    /** Null: it has no answer of its own. */
    answeredAt: Date | null
    /** It is at work, and its worker lives. */
    isRunning: boolean
  } | null
}

export type BoughtAnswer = { callId: CallId; answeredAt: Date }

export type ReuseDecision =
  | { do: 'take'; from: BoughtAnswer }
  | { do: 'wait'; for: CallId }
  /** Buys the answer for all who come meanwhile. `keeps`: the answer that is kept until then. */
  | { do: 'lead'; keeps: BoughtAnswer | null }

/**
 * Takes the newest answer that is young enough, waits for whoever is buying one, or buys it. A call
 * that leads never waits, so that no two calls can wait for each other.
 */
export const decideReuse = ({ callId, notBefore, bought, leader }: KnownAnswer): ReuseDecision => {
  const led =
    leader === null || leader.answeredAt === null
      ? null
      : { callId: leader.callId, answeredAt: leader.answeredAt }
  const newest = led ?? bought
  if (newest !== null && newest.callId !== callId && newest.answeredAt >= notBefore)
    return { do: 'take', from: newest }
  if (leader !== null && leader.isRunning && leader.callId !== callId)
    return { do: 'wait', for: leader.callId }
  return { do: 'lead', keeps: newest }
}
