import type { TaskId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Sql } from '@maestro/service-kit/database'
import { eventFromRow, type EventRow } from '../store/event-row.ts'

/** The events table as the relay sees it (I3). */
export type Outbox = {
  /** Unpublished events in order of insertion. */
  unpublished: (limit: number) => Promise<TaskEvent[]>
  markPublished: (events: readonly Pick<TaskEvent, 'taskId' | 'seq'>[]) => Promise<void>
  /** Events of this time are published again: the bus has none of them. */
  reopenSince: (since: Date) => Promise<void>
  /** The newest published events are looked at again, as far back from the very newest as this: a bus that was cut off may have lost them. */
  reopenNewest: (spanMs: number) => Promise<void>
  /** A task's events from after `after` on, as far as `to`, at most `limit`, in order. */
  range: (taskId: TaskId, after: number, to: number, limit: number) => Promise<TaskEvent[]>
  readMark: (name: string) => Promise<string | null>
  writeMark: (name: string, value: string) => Promise<void>
}

export const createOutbox = ({ sql }: { sql: Sql }): Outbox => {
  const columns = sql`task_id as "taskId", seq, type, at, actor, data, traceparent`
  return {
    unpublished: async (limit) => {
      const rows = await sql<EventRow[]>`
        select ${columns} from task_events where not published order by position limit ${limit}`
      return rows.map(eventFromRow)
    },
    markPublished: async (events) => {
      if (events.length === 0) return
      await sql`
        update task_events e set published = true
        from unnest(${events.map(({ taskId }) => taskId)}::text[], ${events.map(({ seq }) => seq)}::int[])
          as w(task_id, seq)
        where e.task_id = w.task_id and e.seq = w.seq`
    },
    reopenSince: async (since) => {
      await sql`update task_events set published = false where at >= ${since} and published`
    },
    reopenNewest: async (spanMs) => {
      // Not from now: while the bus was away nothing was published, however long that was.
      await sql`
        update task_events set published = false
        where published and at >= (select max(at) from task_events where published)
          - ${spanMs} * interval '1 millisecond'`
    },
    range: async (taskId, after, to, limit) => {
      const rows = await sql<EventRow[]>`
        select ${columns} from task_events
        where task_id = ${taskId} and seq > ${after} and seq <= ${to} order by seq limit ${limit}`
      return rows.map(eventFromRow)
    },
    readMark: async (name) => {
      const [row] = await sql<
        { value: string }[]
      >`select value from relay_marks where name = ${name}`
      return row?.value ?? null
    },
    writeMark: async (name, value) => {
      await sql`
        insert into relay_marks (name, value) values (${name}, ${value})
        on conflict (name) do update set value = excluded.value`
    },
  }
}
