import type { TaskId } from '@maestro/contracts/ids'
import { textArray } from '@maestro/service-kit/array-literal'
import type { Fragment, Sql } from '@maestro/service-kit/database'
import type { Effect } from '@maestro/task-model/effects-of'
import type { Change } from './change.ts'

/** What changes do to the table of effects, as parts of their statement. */
export const effectParts = (sql: Sql, changes: readonly Change[], owner: string): Fragment[] => [
  closePart(sql, changes),
  openPart(sql, changes, owner),
]

/** Also what a batch closes that it does not know to be open: nothing is there then. */
const closePart = (sql: Sql, changes: readonly Change[]): Fragment => {
  const closed = changes.flatMap(({ task: { taskId }, closed: ids }) =>
    ids.map((effectId) => ({ taskId, effectId })),
  )
  const ended = changes.flatMap(({ task, closesAllButCalls }) =>
    closesAllButCalls ? [task.taskId] : [],
  )
  return sql`, closed as (
    delete from effects e
    using unnest(
      ${textArray(closed.map(({ taskId }) => taskId))}::text::text[],
      ${textArray(closed.map(({ effectId }) => effectId))}::text::text[]) as w(task_id, effect_id)
    where e.task_id = w.task_id and e.effect_id = w.effect_id
    returning 1)
    ${
      ended.length === 0
        ? sql``
        : sql`, ended as (
      delete from effects
      where task_id = any(${textArray(ended)}::text::text[]) and effect_id not like 'call:%')`
    }`
}

/** Effects that an earlier change of this batch asked for and a later one closed are not written at all. */
const openPart = (sql: Sql, changes: readonly Change[], owner: string): Fragment => {
  const open = new Map<string, { taskId: TaskId; effect: Effect }>()
  for (const { task, effects, closed, closesAllButCalls } of changes) {
    for (const id of closed) open.delete(`${task.taskId} ${id}`)
    if (closesAllButCalls) {
      for (const [key, { taskId, effect }] of open) {
        if (taskId === task.taskId && effect.kind !== 'call') open.delete(key)
      }
    }
    for (const effect of effects) {
      open.set(`${task.taskId} ${effect.id}`, { taskId: task.taskId, effect })
    }
  }
  const rows = [...open.values()]
  if (rows.length === 0) return sql``
  // The clock of the database decides what is due, so that copies with different clocks agree. What is
  // closed goes first, and is counted for that: an effect may be asked for again under its old id.
  return sql`, opened as (
    insert into effects (task_id, effect_id, body, due_at, owner)
    select w.task_id, w.effect_id, w.body, coalesce(w.due_at, now()), w.owner from unnest(
      ${textArray(rows.map(({ taskId }) => taskId))}::text::text[],
      ${textArray(rows.map(({ effect }) => effect.id))}::text::text[],
      ${textArray(rows.map(({ effect }) => JSON.stringify(effect)))}::text::text[],
      ${textArray(rows.map(({ effect }) => effect.dueAt))}::text::timestamptz[],
      ${textArray(rows.map(({ effect }) => (effect.dueAt === null ? owner : null)))}::text::text[]
    ) as w(task_id, effect_id, body, due_at, owner)
    where (select count(*) from closed) >= 0
    on conflict (task_id, effect_id) do update
      set body = excluded.body, due_at = excluded.due_at, owner = excluded.owner)`
}
