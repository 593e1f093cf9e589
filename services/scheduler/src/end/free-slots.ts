import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import type { Sql } from '@maestro/service-kit/database'
import type { RunningQueue } from '../run-queue.ts'
import { endItems, endOf } from './end-items.ts'

/** Handles events of tasks: those that end one free its slot. */
export const freeSlots =
  ({
    sql,
    queues,
    now,
    onFacts,
  }: {
    sql: Sql
    queues: ReadonlyMap<string, Pick<RunningQueue, 'wake'>>
    now: () => Date
    onFacts: () => void
  }) =>
  async (events: readonly CloudEvent[]): Promise<void> => {
    const ends = events.flatMap((event) => endOf(event) ?? [])
    if (ends.length === 0) return
    const freed = await sql.begin((transaction) => endItems(transaction, { ends, at: now() }))
    if (freed === 0) return
    onFacts()
    for (const queue of queues.values()) queue.wake()
  }
