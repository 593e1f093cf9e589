import type { TaskId } from '@maestro/contracts/ids'
import type { StateDetail } from '@maestro/contracts/task/state-detail'
import type { KeptState } from '@maestro/contracts/timeline/timeline-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import type { BornTask } from '@maestro/task-model/task'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import { unpackState } from './packed-state.ts'

export type Snapshot = {
  taskId: TaskId
  seq: number
  reason: KeptState['reason']
  /** The state, packed. */
  data: Buffer
}

export type SnapshotStore = {
  /** The newest snapshot at or before a position, with its size in characters; null when there is none. @throws {AppError} `UNAVAILABLE`. */
  nearest: (taskId: TaskId, at: number) => Promise<{ task: BornTask; characters: number } | null>
  /** Of a task that retention removed, nothing is kept. */
  put: (snapshot: Snapshot) => Promise<void>
  /** Where snapshots of a task stand, in order. */
  list: (taskId: TaskId) => Promise<readonly KeptState[]>
  /** Removes what other versions of the rules folded. */
  dropOthers: () => Promise<void>
}

/** What follows the rules in the name of a snapshot that is an outline. */
const outlineSuffix = '/outline'

export const createSnapshotStore = ({
  sql,
  model: rules,
  detail = 'whole',
}: {
  sql: Sql
  /** The rules that fold now. */
  model: string
  detail?: StateDetail
}): SnapshotStore => {
  const model = detail === 'whole' ? rules : `${rules}${outlineSuffix}`
  return {
    nearest: async (taskId, at) => {
      const [row] = await sql<{ state: Buffer }[]>`
      select state from snapshots where task_id = ${taskId} and model = ${model} and seq <= ${at}
      order by seq desc limit 1`.catch((error: unknown) => {
        throw asDatabaseOutage(error)
      })
      return row ? unpackState(row.state) : null
    },
    put: async ({ taskId, seq, reason, data }) => {
      await sql`
      insert into snapshots (task_id, model, seq, reason, state)
      select ${taskId}::text, ${model}::text, ${seq}::int, ${reason}::text, ${data}::bytea
      where not exists (
        select 1 from task_heads where task_id = ${taskId} and pruned_at_ms is not null)
      on conflict do nothing`
    },
    list: async (taskId) =>
      sql<KeptState[]>`
      select seq, reason from snapshots where task_id = ${taskId} and model = ${model}
      order by seq`,
    dropOthers: async () => {
      await sql`
      delete from snapshots where model <> ${rules} and model <> ${`${rules}${outlineSuffix}`}`
    },
  }
}
