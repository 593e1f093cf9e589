import type { Call } from '@maestro/service-kit/call'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { startReconciler } from './reconcile.ts'
import { startDispatcher } from './start/dispatcher.ts'
import { createWakeLine, type WakeLine } from './wake/wake-line.ts'

export type RunningQueue = {
  line: Pick<WakeLine, 'remove'>
  /** Puts an item into line; when Redis is away, reconciliation does it later. */
  putInLine: (item: { itemId: string; rank: number }) => void
  /** A slot was freed. */
  wake: () => void
  stop: () => Promise<void>
}

/** Everything that makes one queue move, in one copy. */
export const runQueue = async (parts: {
  sql: Sql
  call: Call
  queue: string
  copy: string
  redisUrl: string
  /** Of all keys in Redis. */
  prefix: string
  log: Logger
  now: () => Date
  onFacts: () => void
}): Promise<RunningQueue> => {
  const { log } = parts
  let onReconnect: () => void = () => undefined
  const line = await createWakeLine({ ...parts, onReconnect: () => onReconnect() })
  const dispatcher = startDispatcher({ ...parts, line })
  const reconciler = startReconciler({ ...parts, line, dispatcher })
  onReconnect = reconciler.wake

  return {
    line,
    putInLine: (item) => {
      line.add([item]).catch((error: unknown) => {
        log.debug({ err: error, itemId: item.itemId }, 'an item is put into line later')
        // When Redis comes back, its connection wakes reconciliation; this covers a single failure.
        reconciler.wake()
      })
    },
    wake: dispatcher.wake,
    stop: async () => {
      await reconciler.stop()
      await dispatcher.stop()
    },
  }
}
