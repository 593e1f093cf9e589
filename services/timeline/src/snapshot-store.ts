import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import type { BornTask } from '@maestro/task-model/task'

export type SnapshotStore = {
  /** The newest snapshot at or before a position; null when there is none. */
  nearest: (taskId: TaskId, at: number) => Promise<BornTask | null>
  put: (task: BornTask) => Promise<void>
  /** Removes what other versions of the rules folded. */
  dropOthers: () => Promise<void>
}

export const createSnapshotStore = ({
  sql,
  model,
}: {
  sql: Sql
  /** The rules that fold now. */
  model: string
}): SnapshotStore => ({
  nearest: async (taskId, at) => {
    const [row] = await sql<{ state: string }[]>`
      select state from snapshots where task_id = ${taskId} and model = ${model} and seq <= ${at}
      order by seq desc limit 1`
    // Our own bytes, of this very version of the rules: parsed, not checked again.
    return row ? (JSON.parse(row.state) as BornTask) : null
  },
  put: async (task) => {
    await sql`
      insert into snapshots (task_id, model, seq, state)
      values (${task.taskId}, ${model}, ${task.seq}, ${JSON.stringify(task)})
      on conflict do nothing`
  },
  dropOthers: async () => {
    await sql`delete from snapshots where model <> ${model}`
  },
})
