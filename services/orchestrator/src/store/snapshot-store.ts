import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import type { BornTask } from '@maestro/task-model/task'
import { packedForm, packTask, unpackTask } from './packed-task.ts'

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
}): SnapshotStore => {
  const packedModel = `${packedForm} ${model}`
  return {
    readMany: async (taskIds) => {
      const rows = await sql<{ taskId: TaskId; state: Buffer }[]>`
        select task_id as "taskId", state from task_snapshots
        where task_id = any(${[...taskIds]}::text[]) and model = ${packedModel}`
      const states = new Map<TaskId, BornTask>()
      for (const { taskId, state } of rows) states.set(taskId, await unpackTask(state))
      return states
    },
    put: async (task) => {
      // Megabytes that say the same again and again: a tenth of them costs Postgres and the driver a tenth.
      const state = await packTask(task, stateCharactersMax)
      if (state === null) return
      await sql`
        insert into task_snapshots as known (task_id, model, seq, state)
        values (${task.taskId}, ${packedModel}, ${task.seq}, ${state})
        on conflict (task_id) do update
          set model = excluded.model, seq = excluded.seq, state = excluded.state
          where known.model <> excluded.model or known.seq < excluded.seq`
    },
    dropOthers: async () => {
      await sql`delete from task_snapshots where model <> ${packedModel}`
    },
  }
}
