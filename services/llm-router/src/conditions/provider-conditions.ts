import { randomUUID } from 'node:crypto'
import type { ProviderFailure } from '../providers/provider-failure.ts'
import type { ConditionSubject } from '../strategy/list-candidates.ts'
import type { ProviderCondition } from '../strategy/provider-condition.ts'
import type { ConditionBoard } from './condition-board.ts'
import { keyScope, modelScope, newsOfFailure, subjectScope } from './condition-news.ts'
import { conditionOfRecord } from './condition-record.ts'

/** The right to find out whether a provider is back. */
export type Trial = {
  id: string
  /** It still runs; call it more often than its lease is long. */
  keep: () => void
  /** It ended without having found out. */
  drop: () => void
}

/** What all workers know about their providers: each learns, all know. */
export type ProviderConditions = {
  of: (subject: ConditionSubject) => ProviderCondition
  /** @param trialId of the attempt, when it was a trial. */
  learn: (subject: ConditionSubject, failure: ProviderFailure, trialId?: string | null) => void
  answered: (subject: ConditionSubject, trialId?: string | null) => void
  /** Null: another call has it, or it is not needed any more. */
  claimTrial: (subject: ConditionSubject) => Promise<Trial | null>
  /** A key may have been put right: it is asked again at once. */
  forgiveKey: (subject: Pick<ConditionSubject, 'provider' | 'keyId'>) => void
}

export const createProviderConditions = ({
  board,
  now = Date.now,
}: {
  board: ConditionBoard
  now?: () => number
}): ProviderConditions => ({
  of: (subject) => {
    const nowMs = now()
    const ofScope = (scope: string) => conditionOfRecord(board.recordOf(scope), nowMs)
    const isOff = [keyScope(subject), modelScope(subject)]
      .map(ofScope)
      .find(({ state }) => state === 'off')
    return isOff ?? ofScope(subjectScope(subject))
  },

  learn: (subject, failure, trialId = null) => {
    for (const { scope, news } of newsOfFailure(subject, failure, { trialId, nowMs: now() }))
      void board.tell(scope, news)
  },

  answered: (subject, trialId = null) => {
    for (const scope of [subjectScope(subject), keyScope(subject), modelScope(subject)])
      void board.tell(scope, { what: 'answered', trialId })
  },

  claimTrial: async (subject) => {
    const scope = subjectScope(subject)
    const trialId = randomUUID()
    const { breaker } = await board.tell(scope, { what: 'trial-claimed', trialId })
    if (breaker.state !== 'trying' || breaker.trialId !== trialId) return null
    return {
      id: trialId,
      keep: () => void board.tell(scope, { what: 'trial-kept', trialId }),
      drop: () => void board.tell(scope, { what: 'trial-dropped', trialId }),
    }
  },

  forgiveKey: (subject) => void board.tell(keyScope(subject), { what: 'answered', trialId: null }),
})
