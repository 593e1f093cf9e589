import type { FactKind } from '@maestro/contracts/bus/subjects'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import type { StreamKind } from '../history/stream-kind.ts'

/** Tasks that are removed in one transaction: their locks are held for so long. */
const tasksPerPruneMax = 20
/** The events of an old task that is imported come one after the other, and the one that says so comes last: that long after the newest of them no more is to come. */
const comingMsMax = 3_600_000
const factsPerPruneMax = 5_000

export type Pruning = { kind: StreamKind; beforeMs: number; events: number }

export type PruningStore = {
  /** Removes some of the tasks that ended, or were imported, before; false when none was left. */
  pruneTasks: (beforeMs: number, nowMs: number) => Promise<boolean>
  /** Removes some of the facts of a kind that are older; false when none was left. */
  pruneFacts: (kind: FactKind, beforeMs: number) => Promise<boolean>
  list: () => Promise<readonly Pruning[]>
}

/** What is removed is counted in the same transaction, so that nothing goes without being said. */
const count = (transaction: Transaction, { kind, beforeMs, events }: Pruning) => transaction`
  insert into prunings as p (kind, before_ms, events) values (${kind}, ${beforeMs}, ${events})
  on conflict (kind) do update
  set before_ms = greatest(p.before_ms, excluded.before_ms), events = p.events + excluded.events`

export const createPruningStore = ({ sql }: { sql: Sql }): PruningStore => ({
  pruneTasks: (beforeMs, nowMs) =>
    sql.begin(async (transaction) => {
      const tasks = await transaction<{ taskId: string }[]>`
        select task_id as "taskId" from task_heads
        where (ended_at_ms < ${beforeMs} or imported_at_ms < ${beforeMs})
          and greatest(ended_at_ms, imported_at_ms) < ${beforeMs}
          and written_at_ms < ${nowMs - comingMsMax} and pruned_at_ms is null
        order by task_id limit ${tasksPerPruneMax} for update skip locked`
      const taskIds = tasks.map(({ taskId }) => taskId)
      if (taskIds.length === 0) return false
      await transaction`
        update task_heads set pruned_at_ms = ${nowMs}, head = greatest(head, seen)
        where task_id = any(${taskIds})`
      const removed = await transaction`delete from events where subject = any(${taskIds})`
      await transaction`delete from snapshots where task_id = any(${taskIds})`
      await transaction`delete from step_agents where task_id = any(${taskIds})`
      await transaction`delete from calls where task_id = any(${taskIds})`
      await count(transaction, { kind: 'task', beforeMs, events: removed.count })
      return taskIds.length === tasksPerPruneMax
    }),

  pruneFacts: (kind, beforeMs) =>
    sql.begin(async (transaction) => {
      const removed = await transaction`
        delete from events where (subject, seq, era) in (
          select subject, seq, era from events where kind = ${kind} and kind <> 'task'
            and at_ms < ${beforeMs} order by at_ms limit ${factsPerPruneMax})`
      if (removed.count > 0) await count(transaction, { kind, beforeMs, events: removed.count })
      return removed.count === factsPerPruneMax
    }),

  list: async () =>
    sql<Pruning[]>`
      select kind, before_ms as "beforeMs", events from prunings where kind <> 'log' order by kind`,
})
