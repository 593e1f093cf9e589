import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import type { Effect } from '@maestro/task-model/effects-of'

export type LeasedEffect = {
  taskId: TaskId
  effect: Effect
  /** 1 for the copy that wrote it; more when its owner was lost. */
  takes: number
}

/** Names an effect among those of all tasks. */
export const effectKey = (taskId: string, effectId: string): string => `${taskId} ${effectId}`

export type Taken = {
  effects: LeasedEffect[]
  /** When the next one comes due, or a copy is dead unless it says until then that it lives; null: nothing of the kind is in sight. */
  nextInMs: number | null
}

/** The leases (I4): an effect belongs to the copy that wrote or took it for as long as that copy lives. */
export type EffectStore = {
  /** Says that this copy lives; its leases hold until `untilMs` from now. */
  beat: (untilMs: number) => Promise<void>
  /** Gives up the leases of earlier processes of this copy's name: only one of a name runs at a time. */
  takeOverName: () => Promise<void>
  /** Takes effects that are due and belong to no living copy. */
  take: (limit: number) => Promise<Taken>
  /** Effects that are leased to this copy and that it does not run: their `effectKey` is not in `running`. */
  stranded: (running: ReadonlyMap<string, unknown>) => Promise<LeasedEffect[]>
  /** For effects that no event answers. Nothing happens when it was asked for again meanwhile, or taken over. */
  close: (taskId: TaskId, effectId: string) => Promise<void>
  /** Not now: anybody may take it from `dueAt` on. Nothing happens when it was asked for again meanwhile, or taken over. */
  postpone: (taskId: TaskId, effectId: string, dueAt: Date) => Promise<void>
  leave: () => Promise<void>
}

type EffectRow = { taskId: TaskId; body: string; takes: number }

const leasedFrom = ({ taskId, body, takes }: EffectRow): LeasedEffect => ({
  taskId,
  // Our own row, written from a checked effect.
  effect: JSON.parse(body) as Effect,
  takes,
})

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
    const rows = await sql<(EffectRow & { nextInMs: number | null })[]>`
      with free as (
        select e.task_id, e.effect_id from effects e
        where e.due_at <= now()
          and (e.owner is null
            or not exists (select 1 from copies c where c.owner = e.owner and c.alive_until > now()))
        order by e.due_at limit ${limit} for update skip locked
      ), taken as (
        update effects e set owner = ${owner}, takes = e.takes + 1
        from free where e.task_id = free.task_id and e.effect_id = free.effect_id
        returning e.task_id as "taskId", e.body, e.takes
      ), next as (
        select extract(epoch from least(
          (select due_at from effects where due_at > now() and owner is null order by due_at limit 1),
          (select min(alive_until) from copies where owner <> ${owner} and alive_until > now())
        ) - now())::float8 * 1000 as "nextInMs"
      )
      select * from next left join taken on true`
    return {
      effects: rows.filter(({ taskId }) => taskId !== null).map(leasedFrom),
      nextInMs: rows[0]?.nextInMs ?? null,
    }
  },
  stranded: async (running) => {
    const own = await sql<{ taskId: string; effectId: string }[]>`
      select task_id as "taskId", effect_id as "effectId" from effects where owner = ${owner}`
    const lost = own.filter(({ taskId, effectId }) => !running.has(effectKey(taskId, effectId)))
    if (lost.length === 0) return []
    const rows = await sql<EffectRow[]>`
      select e.task_id as "taskId", e.body, e.takes from effects e
      join unnest(${lost.map(({ taskId }) => taskId)}::text[], ${lost.map(({ effectId }) => effectId)}::text[])
        as w(task_id, effect_id) on e.task_id = w.task_id and e.effect_id = w.effect_id
      where e.owner = ${owner}`
    return rows.map(leasedFrom)
  },
  close: async (taskId, effectId) => {
    await sql`
      delete from effects
      where task_id = ${taskId} and effect_id = ${effectId} and owner = ${owner}`
  },
  postpone: async (taskId, effectId, dueAt) => {
    await sql`
      update effects set owner = null, due_at = ${dueAt}
      where task_id = ${taskId} and effect_id = ${effectId} and owner = ${owner}`
  },
  leave: async () => {
    await sql`delete from copies where owner = ${owner}`
  },
})
