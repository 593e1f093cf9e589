import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import type { BornTask } from '@maestro/task-model/task'

/** States on the way, one a task, so that no load folds a long history. Events stay the truth: any of these may be lost. */
export type SnapshotStore = {
  /** Those that there are. */
  readMany: (taskIds: readonly TaskId[]) => Promise<Map<TaskId, BornTask>>
  /** Nothing happens when a later one is there. */
  put: (task: BornTask) => Promise<void>
  /** Removes what other rules folded. */
  dropOthers: () => Promise<void>
}

/** A state beyond this is folded anew: its JSON would hold up everybody else for longer than its events. */
const stateCharactersMax = 32 * 1024 * 1024

export const createSnapshotStore = ({
  sql,
  model,
}: {
  sql: Sql
  /** The rules that fold now: what others folded may be another state. */
  model: string
}): SnapshotStore => ({
  readMany: async (taskIds) => {
    const rows = await sql<{ taskId: TaskId; state: string }[]>`
      select task_id as "taskId", state from task_snapshots
      where task_id = any(${[...taskIds]}::text[]) and model = ${model}`
    // Our own bytes, of this very version of the rules: parsed, not checked again.
    return new Map(rows.map(({ taskId, state }) => [taskId, JSON.parse(state) as BornTask]))
  },
  put: async (task) => {
    const state = JSON.stringify(task)
    if (state.length > stateCharactersMax) return
    await sql`
      insert into task_snapshots as known (task_id, model, seq, state)
      values (${task.taskId}, ${model}, ${task.seq}, ${state})
      on conflict (task_id) do update
        set model = excluded.model, seq = excluded.seq, state = excluded.state
        where known.model <> excluded.model or known.seq < excluded.seq`
  },
  dropOthers: async () => {
    await sql`delete from task_snapshots where model <> ${model}`
  },
})
