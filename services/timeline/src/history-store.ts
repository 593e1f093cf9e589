import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import { type EventRow, eventRowOf } from './event-row.ts'

export type TaskHead = {
  taskId: TaskId
  /** Events 1 to this one are here. */
  head: number
  /** The newest event that is here; beyond `head` when some in between are missing. */
  seen: number
}

export type TickRow = Pick<EventRow, 'seq' | 'atMs' | 'type' | 'stepId'>

export type HistoryStore = {
  /** Writes each event once, whatever was written before. Returns where its tasks stand after it. */
  write: (events: readonly CloudEvent[]) => Promise<readonly TaskHead[]>
  /** Zeros when nothing of the task is here. */
  head: (taskId: TaskId) => Promise<TaskHead>
  /** Events after `after` up to and with `to`, at most `limit`, in order. */
  read: (range: {
    taskId: TaskId
    after: number
    to: number
    limit: number
  }) => Promise<readonly CloudEvent[]>
  /** Every event up to and with `to`, without its body, in order. */
  ticks: (taskId: TaskId, to: number) => Promise<readonly TickRow[]>
  /** Tasks with missing events, by their ids, from the one after `after` on. */
  gaps: (after: string, limit: number) => Promise<readonly TaskHead[]>
}

export const createHistoryStore = ({ sql }: { sql: Sql }): HistoryStore => {
  const headColumns = sql`task_id as "taskId", head, seen`

  const write = async (rows: readonly EventRow[]): Promise<readonly TaskHead[]> => {
    const newest = new Map<string, number>()
    for (const { taskId, seq } of rows) newest.set(taskId, Math.max(seq, newest.get(taskId) ?? 0))
    // Always in the same order, so that two copies with the same tasks cannot wait for each other.
    const taskIds = [...newest.keys()].toSorted()
    return sql.begin(async (transaction) => {
      // Sent together on one connection: a round trip for all of them. The locks come first: what
      // another copy writes to these tasks is there, or waits, before the heads are counted.
      const [, , , heads] = await Promise.all([
        transaction`
          insert into task_heads (task_id, head, seen)
          select task_id, 0, 0 from unnest(${taskIds}::text[]) as w(task_id)
          on conflict (task_id) do nothing`,
        transaction`
          select 1 from task_heads where task_id = any(${taskIds}::text[])
          order by task_id for update`,
        transaction`
          insert into events (task_id, seq, type, at_ms, step_id, body)
          select * from unnest(
            ${rows.map(({ taskId }) => taskId)}::text[], ${rows.map(({ seq }) => seq)}::int[],
            ${rows.map(({ type }) => type)}::text[], ${rows.map(({ atMs }) => atMs)}::bigint[],
            ${rows.map(({ stepId }) => stepId)}::text[], ${rows.map(({ body }) => body)}::text[])
          on conflict (task_id, seq) do nothing`,
        // The head moves to the end of the run that follows it, if one does.
        transaction<TaskHead[]>`
          update task_heads t
          set seen = greatest(t.seen, w.seen), head = coalesce((
            select e.seq from events e
            where e.task_id = t.task_id and e.seq > t.head
              and exists (select 1 from events f where f.task_id = t.task_id and f.seq = t.head + 1)
              and not exists (select 1 from events n where n.task_id = e.task_id and n.seq = e.seq + 1)
            order by e.seq limit 1), t.head)
          from unnest(
            ${taskIds}::text[], ${taskIds.map((taskId) => newest.get(taskId) ?? 0)}::int[]
          ) as w(task_id, seen)
          where t.task_id = w.task_id
          returning t.task_id as "taskId", t.head, t.seen`,
      ])
      return [...heads]
    })
  }

  return outages({
    write: async (events) => {
      const rows = events.flatMap((event) => eventRowOf(event) ?? [])
      return rows.length === 0 ? [] : write(rows)
    },

    head: async (taskId) => {
      const [row] = await sql<TaskHead[]>`
        select ${headColumns} from task_heads where task_id = ${taskId}`
      return row ?? { taskId, head: 0, seen: 0 }
    },

    read: async ({ taskId, after, to, limit }) => {
      const rows = await sql<{ body: string }[]>`
        select body from events where task_id = ${taskId} and seq > ${after} and seq <= ${to}
        order by seq limit ${limit}`
      return rows.map(({ body }) => CloudEvent.parse(JSON.parse(body)))
    },

    ticks: async (taskId, to) =>
      sql<TickRow[]>`
        select seq, at_ms as "atMs", type, step_id as "stepId" from events
        where task_id = ${taskId} and seq <= ${to} order by seq`,

    gaps: async (after, limit) =>
      sql<TaskHead[]>`
        select ${headColumns} from task_heads where seen > head and task_id > ${after}
        order by task_id limit ${limit}`,
  })
}

/** The store, saying of a database that is away that asking again helps. */
const outages = (store: HistoryStore): HistoryStore => {
  const named =
    <Input extends unknown[], Output>(work: (...input: Input) => Promise<Output>) =>
    async (...input: Input): Promise<Output> => {
      try {
        return await work(...input)
      } catch (error) {
        throw asDatabaseOutage(error)
      }
    }
  return {
    write: named(store.write),
    head: named(store.head),
    read: named(store.read),
    ticks: named(store.ticks),
    gaps: named(store.gaps),
  }
}
