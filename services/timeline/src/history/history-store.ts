import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import { writeEvents } from './write-events.ts'

export type TaskHead = {
  taskId: TaskId
  /** Events 1 to this one are here. */
  head: number
  /** The newest event that is here; beyond `head` when some in between are missing. */
  seen: number
}

export type TickRow = { seq: number; atMs: number; type: string; stepId: string | null }

type Range = { taskId: TaskId; after: number; to: number; limit: number }

export type HistoryStore = {
  /** Writes each event once, whatever was written before. Returns where its tasks stand after it. */
  write: (events: readonly CloudEvent[]) => Promise<readonly TaskHead[]>
  /** Zeros when nothing of the task is here. @throws {AppError} `PRUNED`, with what is still known. */
  head: (taskId: TaskId) => Promise<TaskHead>
  /** Events after `after` up to and with `to`, at most `limit`, in order. */
  read: (range: Range) => Promise<readonly CloudEvent[]>
  /** The same without their bodies. */
  ticks: (range: Range) => Promise<readonly TickRow[]>
  /** Tasks with at least so many events, those first that go on, then those that ended last. */
  newest: (headMin: number, limit: number) => Promise<readonly TaskHead[]>
  /** Tasks with missing events, by their ids, from the one after `after` on. */
  gaps: (after: string, limit: number) => Promise<readonly TaskHead[]>
}

type HeadRow = TaskHead & {
  title: string | null
  createdAtMs: number | null
  outcome: string | null
  endedAtMs: number | null
  prunedAtMs: number | null
}

export const createHistoryStore = ({ sql }: { sql: Sql }): HistoryStore =>
  outages({
    write: async (events) =>
      [...(await sql.begin((transaction) => writeEvents(transaction, events)))] as TaskHead[],

    head: async (taskId) => {
      const [row] = await sql<HeadRow[]>`
        select task_id as "taskId", head, seen, title, created_at_ms as "createdAtMs", outcome,
          ended_at_ms as "endedAtMs", pruned_at_ms as "prunedAtMs"
        from task_heads where task_id = ${taskId}`
      if (!row) return { taskId, head: 0, seen: 0 }
      if (row.prunedAtMs !== null) throw prunedError(row, row.prunedAtMs)
      return { taskId, head: row.head, seen: row.seen }
    },

    read: async ({ taskId, after, to, limit }) => {
      const rows = await sql<{ body: string }[]>`
        select body from events where subject = ${taskId} and seq > ${after} and seq <= ${to}
        order by seq limit ${limit}`
      return rows.map(({ body }) => CloudEvent.parse(JSON.parse(body)))
    },

    ticks: async ({ taskId, after, to, limit }) =>
      sql<TickRow[]>`
        select seq, at_ms as "atMs", type, step_id as "stepId" from events
        where subject = ${taskId} and seq > ${after} and seq <= ${to} order by seq limit ${limit}`,

    newest: async (headMin, limit) =>
      sql<TaskHead[]>`
        select task_id as "taskId", head, seen from task_heads
        where head >= ${headMin} and pruned_at_ms is null
        order by ended_at_ms desc nulls first limit ${limit}`,

    gaps: async (after, limit) =>
      sql<TaskHead[]>`
        select task_id as "taskId", head, seen from task_heads
        where seen > head and task_id > ${after} and pruned_at_ms is null
        order by task_id limit ${limit}`,
  })

const isoOrNull = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString())

const prunedError = (row: HeadRow, prunedAtMs: number) =>
  new AppError('PRUNED', {
    kind: 'task',
    taskId: row.taskId,
    prunedAt: isoOrNull(prunedAtMs),
    known: {
      title: row.title,
      events: row.head,
      outcome: row.outcome,
      createdAt: isoOrNull(row.createdAtMs),
      endedAt: isoOrNull(row.endedAtMs),
    },
  })

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
    newest: named(store.newest),
    gaps: named(store.gaps),
  }
}
