import { cancelSubject } from '@maestro/contracts/bus/subjects'
import type { CallId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { markCancelled } from '../journal/cancel-marks.ts'

export type CancelCalls = (callIds: readonly CallId[]) => Promise<void>

/**
 * First the mark, then the word to all workers: a worker that takes a call up in between sees the
 * mark before it sends, and one that had it already hears the word.
 */
export const createCancelCalls =
  ({ sql, nats }: { sql: Sql; nats: NatsConnection }): CancelCalls =>
  async (callIds) => {
    await markCancelled(sql, callIds)
    for (const callId of callIds) nats.publish(cancelSubject(callId))
  }
