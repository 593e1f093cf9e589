import { setTimeout as delay } from 'node:timers/promises'
import type { TaskId } from '@maestro/contracts/ids'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog, type OutageLog } from '@maestro/service-kit/outage-log'
import { createSignal } from '@maestro/service-kit/signal'
import { withSpan } from '@maestro/service-kit/trace'
import { isOutage } from '@maestro/service-kit/wire-error'
import type { Effect } from '@maestro/task-model/effects-of'
import { effectKey, type EffectStore, type LeasedEffect } from './effect-store.ts'

const beatEveryMs = 1_000
/** Three missed beats: a copy that died is followed within seconds, a busy one is not robbed. */
const leaseMs = 4_000
/** What comes due is looked for when it does, by a clock that may be a little ahead; what could not be foreseen after the longer time. */
const [lookMsMin, lookMsMax] = [20, 2_000]
const lookAfterOutageMs = 500
const takeMax = 256
/** Leases without a runner are the rare end of an outage, which tells us; this look finds what it did not tell. */
const lookForStrandedEveryMs = 15_000
/** For defects, which mostly stay. */
const retryMsMax = 30_000
/** Tries at an effect that fails though nothing is away, before its task is told: 15 seconds. */
const defectsMax = 6
/** What still runs then is abandoned to the next process: every effect may run again. */
const stopMsMax = 4_000

/** Runs one effect to its answer. Throws for outages and defects only; what the rules make of the result is the command's business. */
export type RunEffect = (leased: LeasedEffect, signal: AbortSignal) => Promise<void>

/** Answers an effect that cannot be run. @throws `error` where there is no such answer. */
export type GiveUpEffect = (leased: LeasedEffect, error: unknown) => Promise<void>

/**
 * Runs leased effects and sees that each is answered (I4).
 * F1 What this copy's commands ask for is handed over in memory, already leased.
 * F2 What is due, or was left by a copy that died, is taken from the table; what is leased to this copy
 *    without being run (the answer of its commit was lost) is found there as well.
 * F3 An effect runs once at a time in this copy; across copies it may run again after a crash, and every answer is idempotent.
 * F4 An outage is waited out, however long. A defect is answered as a failure after some tries, so that
 *    its task says what happened; where no answer exists it is tried for ever, at a slow pace, and logged.
 */
export type Reactor = {
  handOver: (effects: readonly { taskId: TaskId; effect: Effect }[]) => void
  /** Something may have been leased to this copy that it was never handed. */
  lookForStranded: () => void
  stop: () => Promise<void>
}

export const startReactor = async ({
  store,
  run,
  giveUp,
  traceparentOf,
  log,
  retryMsMin = 500,
  outageRetryMsMax = 4_000,
}: {
  store: EffectStore
  run: RunEffect
  giveUp: GiveUpEffect
  traceparentOf: (taskId: TaskId) => Promise<string | undefined>
  log: Logger
  /** After a failure: from this, doubled, to half a minute. */
  retryMsMin?: number
  /** After an outage, which passes, not even as long. That of our own database is not waited out so: its end ends the wait. */
  outageRetryMsMax?: number
}): Promise<Reactor> => {
  const running = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  const { signal } = stopping
  /** Ends the waits of this moment. */
  let recovery = new AbortController()
  const effectOutage = createOutageLog({
    log,
    away: 'an outage lets effects wait',
    back: 'effects that waited for an outage go on',
  })
  const databaseOutage = () =>
    createOutageLog({
      log,
      away: 'the database does not answer the reactor',
      back: 'the database answers the reactor again',
    })
  let strandedAtMs = Date.now() + lookForStrandedEveryMs

  const runOnce = async (leased: LeasedEffect, work: () => Promise<void>) =>
    withSpan(
      {
        name: `orchestrator ${leased.effect.kind}`,
        kind: 'internal',
        traceparent: await traceparentOf(leased.taskId),
        attributes: {
          'maestro.task.id': leased.taskId,
          'maestro.effect.id': leased.effect.id,
          'maestro.effect.takes': leased.takes,
        },
      },
      work,
    )

  const runUntilAnswered = async (leased: LeasedEffect) => {
    const { taskId, effect } = leased
    let defects = 0
    let last: unknown = null
    let hasWaited = false
    for (let delayMs = retryMsMin; !signal.aborted; delayMs = Math.min(delayMs * 2, retryMsMax)) {
      try {
        const isHopeless = defects >= defectsMax
        await runOnce(leased, () => (isHopeless ? giveUp(leased, last) : run(leased, signal)))
        // Others may never have needed what was away: their success says nothing.
        if (hasWaited) effectOutage.worked()
        return
      } catch (error) {
        if (signal.aborted) return
        last = error
        if (isOutage(error)) {
          hasWaited = true
          effectOutage.failed(error, { taskId, effectId: effect.id })
          await pause(
            Math.min(delayMs, outageRetryMsMax),
            AbortSignal.any([signal, recovery.signal]),
          )
        } else {
          defects += 1
          log.error(
            { err: error, taskId, effectId: effect.id, defects, delayMs },
            'an effect is tried again',
          )
          await pause(delayMs, signal)
        }
      }
    }
  }

  const start = (leased: LeasedEffect) => {
    const key = effectKey(leased.taskId, leased.effect.id)
    if (signal.aborted || running.has(key)) return
    running.set(
      key,
      runUntilAnswered(leased).finally(() => running.delete(key)),
    )
  }

  const takeDue = async (): Promise<number> => {
    for (;;) {
      const { effects, nextInMs } = await store.take(takeMax)
      for (const leased of effects) start(leased)
      if (effects.length < takeMax || signal.aborted)
        return Math.min(Math.max(nextInMs ?? lookMsMax, lookMsMin), lookMsMax)
    }
  }

  const takeStranded = async () => {
    if (Date.now() < strandedAtMs) return
    // Before the read: whoever asks for a look meanwhile gets another one.
    strandedAtMs = Date.now() + lookForStrandedEveryMs
    const stranded = await store.stranded(running).catch((error: unknown) => {
      strandedAtMs = 0
      throw error
    })
    if (stranded.length > 0) log.info({ effects: stranded.length }, 'stranded effects go on')
    for (const leased of stranded) start(leased)
  }

  const wake = createSignal()
  let lookAtMs = 0
  const lookWhenDue = async () => {
    const outage = databaseOutage()
    while (!signal.aborted) {
      let waitMs = lookAfterOutageMs
      try {
        waitMs = await takeDue()
        await takeStranded()
        outage.worked()
      } catch (error) {
        if (!signal.aborted) outage.failed(error)
      }
      lookAtMs = Date.now() + waitMs
      if (!signal.aborted) await wake.wait(waitMs)
    }
  }

  /** Says that this copy lives; the first word after a silence wakes whoever waited for the database. */
  let isAway = false
  const beat = async () => {
    try {
      await store.beat(leaseMs)
    } catch (error) {
      isAway = true
      throw error
    }
    if (!isAway) return
    isAway = false
    wake.raise()
    recovery.abort()
    recovery = new AbortController()
  }

  await store.takeOverName()
  await store.beat(leaseMs)
  const loops = [repeat(beatEveryMs, signal, beat, databaseOutage()), lookWhenDue()]

  return {
    handOver: (effects) => {
      for (const { taskId, effect } of effects) {
        // Those with a due time stand in the table until then.
        if (effect.dueAt === null) start({ taskId, effect, takes: 1 })
        else if (Date.parse(effect.dueAt) < lookAtMs) wake.raise()
      }
    },
    lookForStranded: () => {
      strandedAtMs = 0
      wake.raise()
    },
    stop: async () => {
      stopping.abort()
      wake.raise()
      await Promise.race([
        Promise.all([...loops, ...running.values()]),
        delay(stopMsMax, undefined, { ref: false }),
      ])
      if (running.size > 0) log.warn({ effects: running.size }, 'effects are left to others')
      // Not fatal: the lease runs out by itself.
      await store.leave().catch((error: unknown) => {
        log.warn({ err: error }, 'the leases of this copy could not be given up')
      })
    },
  }
}

const pause = (ms: number, signal: AbortSignal) =>
  delay(ms, undefined, { signal }).catch(() => undefined)

const repeat = async (
  everyMs: number,
  signal: AbortSignal,
  work: () => Promise<void>,
  outage: OutageLog,
) => {
  while (!signal.aborted) {
    try {
      await work()
      outage.worked()
    } catch (error) {
      if (!signal.aborted) outage.failed(error)
    }
    await pause(everyMs, signal)
  }
}
