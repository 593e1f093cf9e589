import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import type { Effect } from '@maestro/task-model/effects-of'

export type LeasedEffect = {
  taskId: TaskId
  effect: Effect
  /** 1 for the copy that wrote it; more when its owner was lost. */
  takes: number
}

/** The leases (I4): an effect belongs to the copy that wrote or took it for as long as that copy lives. */
export type EffectStore = {
  /** Says that this copy lives; its leases hold until `untilMs` from now. */
  beat: (untilMs: number) => Promise<void>
  /** Gives up the leases of earlier processes of this copy's name: only one of a name runs at a time. */
  takeOverName: () => Promise<void>
  /** Takes effects that are due and belong to no living copy. */
  take: (limit: number) => Promise<LeasedEffect[]>
  /** For effects that no event answers. */
  close: (taskId: TaskId, effectId: string) => Promise<void>
  /** Not now: anybody may take it from `dueAt` on. */
  postpone: (taskId: TaskId, effectId: string, dueAt: Date) => Promise<void>
  leave: () => Promise<void>
}

export const createEffectStore = ({
  sql,
  owner,
  copyName,
}: {
  sql: Sql
  owner: string
  copyName: string
}): EffectStore => ({
  beat: async (untilMs) => {
    await sql`
      insert into copies (owner, copy_name, alive_until)
      values (${owner}, ${copyName}, now() + ${untilMs} * interval '1 millisecond')
      on conflict (owner) do update set alive_until = excluded.alive_until`
  },
  takeOverName: async () => {
    await sql`delete from copies where copy_name = ${copyName} and owner <> ${owner}`
    await sql`delete from copies where alive_until < now() - interval '1 hour'`
  },
  take: async (limit) => {
    const rows = await sql<{ taskId: TaskId; body: string; takes: number }[]>`
      with free as (
        select e.task_id, e.effect_id from effects e
        where e.due_at <= now()
          and (e.owner is null
            or not exists (select 1 from copies c where c.owner = e.owner and c.alive_until > now()))
        order by e.due_at limit ${limit} for update skip locked
      )
      update effects e set owner = ${owner}, takes = e.takes + 1
      from free where e.task_id = free.task_id and e.effect_id = free.effect_id
      returning e.task_id as "taskId", e.body, e.takes`
    return rows.map(({ taskId, body, takes }) => ({
      taskId,
      effect: JSON.parse(body) as Effect,
      takes,
    }))
  },
  close: async (taskId, effectId) => {
    await sql`delete from effects where task_id = ${taskId} and effect_id = ${effectId}`
  },
  postpone: async (taskId, effectId, dueAt) => {
    await sql`
      update effects set owner = null, due_at = ${dueAt}
      where task_id = ${taskId} and effect_id = ${effectId}`
  },
  leave: async () => {
    await sql`delete from copies where owner = ${owner}`
  },
})
