import type { TaskId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Sql } from '@maestro/service-kit/database'
import { eventFromRow, type EventRow } from './event-row.ts'

export type EventStore = {
  /** All events of these tasks after a position each, in order. */
  readMany: (tasks: ReadonlyMap<TaskId, number>) => Promise<Map<TaskId, TaskEvent[]>>
  /** At most `limit` events after `after`, in order. */
  read: (taskId: TaskId, after: number, limit: number) => Promise<TaskEvent[]>
  /** 0 when there is no such task. */
  head: (taskId: TaskId) => Promise<number>
}

export const createEventStore = ({ sql }: { sql: Sql }): EventStore => {
  const columns = sql`e.task_id as "taskId", e.seq, e.type, e.at, e.actor, e.data, e.traceparent`
  return {
    readMany: async (tasks) => {
      const found = new Map<TaskId, TaskEvent[]>([...tasks.keys()].map((taskId) => [taskId, []]))
      if (tasks.size === 0) return found
      const rows = await sql<EventRow[]>`
        select ${columns} from unnest(${[...tasks.keys()]}::text[], ${[...tasks.values()]}::int[]) as w(task_id, after)
        join task_events e on e.task_id = w.task_id and e.seq > w.after
        order by e.task_id, e.seq`
      for (const row of rows) found.get(row.taskId as TaskId)?.push(eventFromRow(row))
      return found
    },

    read: async (taskId, after, limit) => {
      const rows = await sql<EventRow[]>`
        select ${columns} from task_events e
        where e.task_id = ${taskId} and e.seq > ${after} order by e.seq limit ${limit}`
      return rows.map(eventFromRow)
    },

    head: async (taskId) => {
      const [row] = await sql<{ head: number }[]>`select head from tasks where task_id = ${taskId}`
      return row?.head ?? 0
    },
  }
}
