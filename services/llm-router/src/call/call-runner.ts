import { setTimeout as sleep } from 'node:timers/promises'
import { Answer } from '@maestro/contracts/llm/chat'
import type { CallId } from '@maestro/contracts/ids'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import { LRUCache } from 'lru-cache'
import type { AskedCall } from '../journal/claim-calls.ts'
import { leaseMs } from '../journal/leases.ts'
import { factsOfFailure } from './attempt-facts.ts'
import { type CallEnd, withAdvice } from './call-ledger.ts'
import { type RunCallPlace, runCall } from './run-call.ts'
import type { StopReason } from './stop-reason.ts'

/** How often a call that another worker runs is looked at. */
const lookAgainMs = 200
/** Timers hold 31 bits. */
const timerMsMax = 2 ** 31 - 1
/** A cancellation that overtakes its call is remembered here; the durable mark outlives this. */
const cancelledMax = 10_000

/** The calls that this worker answers now. A call runs once, however many ask for it. */
export type CallRunner = {
  /** Settles when the call has an end; `left` when this worker goes before. @throws {AppError} while the journal is away. */
  answer: (asked: AskedCall) => Promise<CallEnd>
  cancel: (callId: CallId) => void
  /** Those whose leases have to be kept alive. */
  owned: () => readonly CallId[]
  /** Another worker has taken these over. */
  lose: (callIds: readonly CallId[]) => void
  /** Takes nothing new; what runs may go on for this long, then it is left to other workers. */
  stop: (finishMsMax: number) => Promise<void>
}

type Running = { controller: AbortController; end: Promise<CallEnd>; isOwned: boolean }

export const createCallRunner = (place: RunCallPlace & { payloads: PayloadStore }): CallRunner => {
  const { journal, payloads } = place
  const running = new Map<CallId, Running>()
  const cancelled = new LRUCache<CallId, true>({ max: cancelledMax })
  let stopping = false

  const abort = (call: Running | undefined, reason: StopReason) => call?.controller.abort(reason)

  const run = async (asked: AskedCall, self: Running): Promise<CallEnd> => {
    const { work } = asked
    const { signal } = self.controller
    // A worker that dies lets go of its calls after one lease; by then somebody has an end for this one.
    const giveUpMs = Date.parse(work.deadlineAt) + 2 * leaseMs
    for (;;) {
      if (stopping) return { kind: 'left' }
      const claim = await journal.claim(asked)
      switch (claim.state) {
        case 'answered': {
          const { answerRef, facts } = claim
          const answer = Answer.parse(JSON.parse(await payloads.readText(answerRef.sha256)))
          return { kind: 'answered', answer, answerRef, facts }
        }
        case 'incomplete': {
          const { answerRef, incomplete, facts } = claim
          const answer = Answer.parse(JSON.parse(await payloads.readText(answerRef.sha256)))
          return { kind: 'incomplete', answer, answerRef, incomplete, facts }
        }
        case 'failed':
          return { kind: 'failed', failure: claim.failure, facts: claim.facts }
        case 'claimed': {
          self.isOwned = true
          const leftMs = Math.max(Date.parse(work.deadlineAt) - Date.now(), 0)
          const deadline = setTimeout(() => abort(self, 'deadline'), Math.min(leftMs, timerMsMax))
          const end = await runCall(place, { work, open: claim, signal }).finally(() => {
            clearTimeout(deadline)
            self.isOwned = false
          })
          if (end.kind !== 'left' || signal.aborted) return end
          break
        }
        case 'elsewhere':
          if (Date.now() > giveUpMs) return tooLate()
          await sleep(lookAgainMs * (0.5 + Math.random()))
      }
    }
  }

  const start = (asked: AskedCall): Promise<CallEnd> => {
    const { callId } = asked.work
    const controller = new AbortController()
    if (cancelled.has(callId)) controller.abort('cancelled' satisfies StopReason)
    const self: Running = { controller, isOwned: false, end: Promise.resolve({ kind: 'left' }) }
    self.end = run(asked, self).finally(() => running.delete(callId))
    running.set(callId, self)
    return self.end
  }

  return {
    answer: async (asked) => {
      for (;;) {
        const end = await (running.get(asked.work.callId)?.end ?? start(asked))
        // A call that was taken from us is claimed anew: its new owner answers it, or we go on.
        if (end.kind !== 'left' || stopping) return end
      }
    },
    cancel: (callId) => {
      cancelled.set(callId, true)
      abort(running.get(callId), 'cancelled')
    },
    owned: () => [...running].flatMap(([callId, { isOwned }]) => (isOwned ? [callId] : [])),
    lose: (callIds) => {
      for (const callId of callIds) {
        const call = running.get(callId)
        if (call?.isOwned === true) abort(call, 'lost')
      }
    },
    stop: async (finishMsMax) => {
      stopping = true
      const ends = Promise.allSettled([...running.values()].map(({ end }) => end))
      const inTime = new AbortController()
      await Promise.race([
        ends,
        sleep(finishMsMax, undefined, { signal: inTime.signal }).catch(() => {}),
      ])
      inTime.abort()
      for (const call of running.values()) abort(call, 'stopping')
      await ends
    },
  }
}

/** Not journaled: the call still belongs to somebody else. */
const tooLate = (): CallEnd => ({
  kind: 'failed',
  failure: {
    class: 'deadline',
    message: withAdvice('deadline', 'Another worker has the call and did not answer in time.'),
    refusal: null,
  },
  facts: factsOfFailure([], 0),
})
