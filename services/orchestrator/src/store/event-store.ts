import type { TaskId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Sql } from '@maestro/service-kit/database'
import { type EventRow, eventsFromRow } from './event-row.ts'

export type EventStore = {
  /** All events of these tasks after a position each, in order. @throws {UnreadableEvents} */
  readMany: (tasks: ReadonlyMap<TaskId, number>) => Promise<Map<TaskId, TaskEvent[]>>
  /** At most `limit` events after `after`, in order. @throws {UnreadableEvents} */
  read: (taskId: TaskId, after: number, limit: number) => Promise<TaskEvent[]>
  /** 0 when there is no such task. */
  head: (taskId: TaskId) => Promise<number>
}

export const createEventStore = ({ sql }: { sql: Sql }): EventStore => {
  const columns = sql`e.task_id as "taskId", e.seq, e.packed, e.type, e.at, e.actor, e.data, e.traceparent`
  return {
    readMany: async (tasks) => {
      const found = new Map<TaskId, TaskEvent[]>([...tasks.keys()].map((taskId) => [taskId, []]))
      if (tasks.size === 0) return found
      // From the row on that holds the first wanted event: others of its commit may stand before it.
      const rows = await sql<EventRow[]>`
        select ${columns} from unnest(${[...tasks.keys()]}::text[], ${[...tasks.values()]}::int[]) as w(task_id, after)
        cross join lateral (
          select coalesce(max(p.seq), 0) as seq from task_events p
          where p.task_id = w.task_id and p.seq <= w.after + 1
        ) as first
        join task_events e on e.task_id = w.task_id and e.seq >= first.seq
        order by e.task_id, e.seq`
      for (const row of rows) {
        const after = tasks.get(row.taskId) ?? 0
        found.get(row.taskId)?.push(...eventsFromRow(row).filter(({ seq }) => seq > after))
      }
      return found
    },

    read: async (taskId, after, limit) => {
      // They are dense: no more rows are read than hold what is wanted.
      const rows = await sql<EventRow[]>`
        select ${columns} from task_events e
        where e.task_id = ${taskId} and e.seq <= ${after + limit} and e.seq >= (
          select coalesce(max(p.seq), 0) from task_events p
          where p.task_id = ${taskId} and p.seq <= ${after + 1})
        order by e.seq`
      const events = rows.flatMap(eventsFromRow).filter(({ seq }) => seq > after)
      return events.slice(0, limit)
    },

    head: async (taskId) => {
      const [row] = await sql<{ head: number }[]>`select head from tasks where task_id = ${taskId}`
      return row?.head ?? 0
    },
  }
}
