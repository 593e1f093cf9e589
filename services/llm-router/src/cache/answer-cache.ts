import { setTimeout as sleep } from 'node:timers/promises'
import { Answer } from '@maestro/contracts/llm/chat'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { createBatcher } from '@maestro/service-kit/batcher'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import type { ReusedAnswer } from '../call/call-ledger.ts'
import { askCache, type CacheReply } from './ask-cache.ts'
import { createCacheCounter } from './cache-counter.ts'
import type { CacheScope } from './request-key.ts'
import { sweepCache } from './sweep-cache.ts'

/** Keys of one statement. */
const batchMax = 128
/** How often a call that others wait for is looked at. */
const lookAgainMs = 150
/** Leaders that a call waits for one after the other: one may die or fail; whoever loses two goes alone. */
const leadersMax = 2
const sweepEveryMs = 60_000

/** Answers that were bought before, or are being bought right now, for calls that ask for the very same thing. */
export type AnswerCache = {
  readonly scope: CacheScope
  /** Null: the call has to be made, and others may be waiting for it. Never throws: without the cache every call is made. */
  find: (asked: {
    work: CallWork
    key: string
    /** When the call started, by the journal's clock. */
    startedAt: Date
    maxAgeMs: number
    signal: AbortSignal
  }) => Promise<ReusedAnswer | null>
  stop: () => Promise<void>
}

export const startAnswerCache = ({
  sql,
  payloads,
  scope,
  log,
}: {
  sql: Sql
  payloads: Pick<PayloadStore, 'readText'>
  scope: CacheScope
  log: Logger
}): AnswerCache => {
  const outage = createOutageLog({
    log,
    away: 'the cache of answers was passed over',
    back: 'the cache of answers is asked again',
  })
  const sweepOutage = createOutageLog({
    log,
    away: 'the cache of answers could not be swept',
    back: 'the cache of answers is swept again',
  })
  const questions = createBatcher({ run: askCache(sql), itemsMax: batchMax })
  const counter = createCacheCounter({ sql, log })
  const sweep = () => sweepCache(sql).then(sweepOutage.worked, sweepOutage.failed)
  const sweeping = setInterval(() => void sweep(), sweepEveryMs)

  const read = async ({
    callId,
    answeredAt,
    answerRef,
    facts: { provider, model, costNanoUsd },
  }: Extract<CacheReply, { kind: 'answered' }>): Promise<ReusedAnswer> => ({
    answer: Answer.parse(JSON.parse(await payloads.readText(answerRef.sha256))),
    answerRef,
    provider,
    model,
    cached: {
      callId,
      at: answeredAt.toISOString(),
      savedNanoUsd: nanoUsd(costNanoUsd),
    },
  })

  const findOrLead: AnswerCache['find'] = async ({ work, key, startedAt, maxAgeMs, signal }) => {
    const { callId, userId } = work
    let notBefore = new Date(startedAt.getTime() - maxAgeMs)
    // Half of its time is left for making the call itself.
    const waitUntilMs = Date.now() + Math.max(Date.parse(work.deadlineAt) - Date.now(), 0) / 2
    const leaders = new Set<string>()
    for (;;) {
      const reply = await questions.add({ key, callId, notBefore })
      if (reply.kind === 'answered') {
        const reused = await read(reply)
        if (reused.answer.finish !== 'length') {
          counter.add(userId, leaders.size > 0 ? 'join' : 'hit', reused.cached.savedNanoUsd)
          return reused
        }
        // An answer that was cut at its limit is nobody's wish: this call tries for a whole one.
        notBefore = new Date(reply.answeredAt.getTime() + 1)
        continue
      }
      if (reply.kind === 'wait' && reply.for !== null) leaders.add(reply.for)
      if (reply.kind === 'lead' || leaders.size > leadersMax || Date.now() >= waitUntilMs) {
        counter.add(userId, 'miss')
        return null
      }
      await sleep(lookAgainMs * (0.5 + Math.random()), undefined, { signal }).catch(() => {})
      if (signal.aborted) return null
    }
  }

  return {
    scope,
    find: async (asked) => {
      try {
        const found = await findOrLead(asked)
        outage.worked()
        return found
      } catch (error) {
        outage.failed(error, { callId: asked.work.callId })
        return null
      }
    },
    stop: async () => {
      clearInterval(sweeping)
      await counter.stop()
    },
  }
}
