import type { TaskId } from '@maestro/contracts/ids'
import type { Logger } from '@maestro/service-kit/logger'
import { withSpan } from '@maestro/service-kit/trace'
import type { Effect } from '@maestro/task-model/effects-of'
import type { EffectStore, LeasedEffect } from './effect-store.ts'

const beatEveryMs = 1_000
/** Three missed beats: a copy that died is followed within seconds, a busy one is not robbed. */
const leaseMs = 4_000
const lookEveryMs = 500
const takeMax = 256
/** After an outage: from half a second, doubled, to half a minute. */
const retryMsMin = 500
const retryMsMax = 30_000

/** Runs one effect to its answer. Throws for outages only; what the rules make of the result is the command's business. */
export type RunEffect = (leased: LeasedEffect, signal: AbortSignal) => Promise<void>

/**
 * Runs leased effects and sees that each is answered (I4).
 * F1 What this copy's commands ask for is handed over in memory, already leased.
 * F2 What is due, or was left by a copy that died, is taken from the table.
 * F3 An effect runs once at a time in this copy; across copies it may run again after a crash, and every answer is idempotent.
 */
export type Reactor = {
  handOver: (effects: readonly { taskId: TaskId; effect: Effect }[]) => void
  stop: () => Promise<void>
}

export const startReactor = async ({
  store,
  run,
  traceparentOf,
  log,
}: {
  store: EffectStore
  run: RunEffect
  traceparentOf: (taskId: TaskId) => Promise<string | undefined>
  log: Logger
}): Promise<Reactor> => {
  const running = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  const { signal } = stopping

  const runUntilAnswered = async (leased: LeasedEffect) => {
    const { taskId, effect } = leased
    for (let delayMs = retryMsMin; !signal.aborted; delayMs = Math.min(delayMs * 2, retryMsMax)) {
      try {
        await withSpan(
          {
            name: `orchestrator ${effect.kind}`,
            kind: 'internal',
            traceparent: await traceparentOf(taskId),
            attributes: { 'maestro.task.id': taskId, 'maestro.effect.id': effect.id },
          },
          () => run(leased, signal),
        )
        return
      } catch (error) {
        if (signal.aborted) return
        log.warn({ err: error, taskId, effectId: effect.id, delayMs }, 'an effect is tried again')
        await pause(delayMs, signal)
      }
    }
  }

  const start = (leased: LeasedEffect) => {
    const key = `${leased.taskId} ${leased.effect.id}`
    if (signal.aborted || running.has(key)) return
    running.set(
      key,
      runUntilAnswered(leased).finally(() => running.delete(key)),
    )
  }

  await store.takeOverName()
  await store.beat(leaseMs)

  const beats = repeat(
    beatEveryMs,
    signal,
    async () => {
      await store.beat(leaseMs)
    },
    log,
  )
  const looks = repeat(
    lookEveryMs,
    signal,
    async () => {
      for (const leased of await store.take(takeMax)) start(leased)
    },
    log,
  )

  return {
    handOver: (effects) => {
      for (const { taskId, effect } of effects) {
        // Those with a due time stand in the table until then.
        if (effect.dueAt === null) start({ taskId, effect, takes: 1 })
      }
    },
    stop: async () => {
      stopping.abort()
      await Promise.all([beats, looks])
      await Promise.all(running.values())
      await store.leave()
    },
  }
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    if (signal.aborted) done()
  })

const repeat = async (
  everyMs: number,
  signal: AbortSignal,
  work: () => Promise<void>,
  log: Logger,
) => {
  while (!signal.aborted) {
    try {
      await work()
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'the database does not answer the reactor')
    }
    await pause(everyMs, signal)
  }
}
