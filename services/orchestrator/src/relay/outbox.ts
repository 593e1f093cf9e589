import { streams } from '@maestro/contracts/bus/streams'
import type { TaskId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Sql } from '@maestro/service-kit/database'
import { createEventStore } from '../store/event-store.ts'

/** A place in the table: all rows stand in the order of their transactions, and of their positions in each. */
export type Row = { transactionId: number; position: number }

/** Tasks whose events stand behind some row, and the newest of those events each. A row holds what one commit wrote of a task. */
export type Written = {
  heads: ReadonlyMap<TaskId, number>
  /** The last of these rows; null when there are none. */
  last: Row | null
  /** More were written than were asked for. */
  isMore: boolean
  /** Whatever transactions before this one have written could be seen, for good: none of them still runs. */
  horizon: number
}

/**
 * The events table as the relay sees it (I3). It is not written to: what is on the stream is known by
 * one mark for the whole table, the transaction before which everything is.
 */
export type Outbox = {
  written: (after: Row, limit: number) => Promise<Written>
  /** Where the mark stands. */
  readPlace: () => Promise<number>
  /** False when it does not stand at `from` any more. */
  movePlace: (from: number, to: number) => Promise<boolean>
  /** Events of this time are published again: the bus has none of them. */
  reopenSince: (since: Date) => Promise<void>
  /** The newest events are looked at again, as far back from the very newest as this: a bus that was cut off may have lost them. */
  reopenNewest: (spanMs: number) => Promise<void>
  /** A task's events from after `after` on, as far as `to`, at most `limit`, in order. */
  range: (taskId: TaskId, after: number, to: number, limit: number) => Promise<TaskEvent[]>
  readMark: (name: string) => Promise<string | null>
  writeMark: (name: string, value: string) => Promise<void>
}

const place = 'published-before'
/** What was written before events named their transaction was published by then, or was named by the migration. */
const firstPlace = 1

type WrittenRow = { horizon: number; last: Row | null; count: number; heads: string | null }

export const createOutbox = ({ sql }: { sql: Sql }): Outbox => {
  const events = createEventStore({ sql })
  const horizon = sql`(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint`
  const next = sql`(pg_snapshot_xmax(pg_current_snapshot())::text)::bigint`

  const readMark = async (name: string) => {
    const [row] = await sql<{ value: string }[]>`select value from relay_marks where name = ${name}`
    return row?.value ?? null
  }

  /**
   * A database that was moved to another server counts its transactions anew: what a stream would still hold is named
   * after this one. The mark goes back to the start: what was written here before this has lower names than that.
   */
  const renameAll = (from: number) =>
    sql.begin(async (transaction) => {
      // Every row there is, once in the life of a server.
      await transaction`set local statement_timeout = 0`
      await transaction`
        update task_events set transaction_id = 0
        where transaction_id > 0 and at < now() - ${streams.events.ageMsMax} * interval '1 millisecond'`
      await transaction`
        update task_events set transaction_id = default where transaction_id >= ${horizon}`
      const moved = await transaction`
        update relay_marks set value = ${String(firstPlace)}
        where name = ${place} and value = ${String(from)}`
      if (moved.count === 0) throw new Error('another relay has moved the mark')
      return firstPlace
    })

  /** What is newer than `since` is looked at again, and nothing else: of old rows those alone are named. */
  const reopen = async (since: Date) => {
    await sql.begin(async (transaction) => {
      // All that a stream holds, once after an update: nothing is named twice.
      await transaction`set local statement_timeout = 0`
      // Found by their time: by the order of transactions all that is older would be passed first.
      await transaction`
        with recent as materialized (
          select transaction_id from task_events where at >= ${since} and transaction_id > 0
        )
        update relay_marks set value = least(value::bigint, oldest.transaction_id)::text
        from (select min(transaction_id) as transaction_id from recent) as oldest
        where name = ${place} and oldest.transaction_id is not null`
      await transaction`
        update task_events set transaction_id = default where transaction_id = 0 and at >= ${since}`
    })
  }

  return {
    written: async (after, limit) => {
      const [row] = await sql<WrittenRow[]>`
        with news as materialized (
          select task_id, coalesce(last_seq, seq) as seq, transaction_id, position from task_events
          where (transaction_id, position) > (${after.transactionId}, ${after.position})
          order by transaction_id, position limit ${limit}
        )
        select ${horizon} as horizon, count(*) as count,
          (select json_build_object('transactionId', transaction_id, 'position', position)
            from news order by transaction_id desc, position desc limit 1) as last,
          (select json_object_agg(task_id, head)::text
            from (select task_id, max(seq) as head from news group by task_id) as heads) as heads
        from news`
      if (!row) throw new Error('a count without a row')
      const heads = JSON.parse(row.heads ?? '{}') as Record<TaskId, number>
      return {
        heads: new Map(Object.entries(heads) as [TaskId, number][]),
        last: row.last,
        isMore: row.count >= limit,
        horizon: row.horizon,
      }
    },
    readPlace: async () => {
      const stored = Number((await readMark(place)) ?? Number.NaN)
      if (Number.isNaN(stored)) {
        await sql`
          insert into relay_marks (name, value) values (${place}, ${String(firstPlace)})
          on conflict (name) do nothing`
        return firstPlace
      }
      // Nothing that can be seen was written by a transaction that has not begun.
      const [row] = await sql<{ isMoved: boolean }[]>`
        select ${stored} > ${horizon} or coalesce(max(transaction_id), 0) >= ${next} as "isMoved"
        from task_events`
      return row?.isMoved === true ? renameAll(stored) : stored
    },
    movePlace: async (from, to) => {
      const moved = await sql`
        update relay_marks set value = ${String(to)} where name = ${place} and value = ${String(from)}`
      return moved.count > 0
    },
    reopenSince: reopen,
    reopenNewest: async (spanMs) => {
      // Not from now: while the bus was away nothing was published, however long that was.
      const [row] = await sql<{ since: Date | null }[]>`
        select max(at) - ${spanMs} * interval '1 millisecond' as since from task_events`
      if (row?.since) await reopen(row.since)
    },
    range: (taskId, after, to, limit) => events.read(taskId, after, Math.min(limit, to - after)),
    readMark,
    writeMark: async (name, value) => {
      await sql`
        insert into relay_marks (name, value) values (${name}, ${value})
        on conflict (name) do update set value = excluded.value`
    },
  }
}
