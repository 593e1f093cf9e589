import type { TaskId } from '@maestro/contracts/ids'
import type { Transaction } from '@maestro/service-kit/database'
import type { Effect } from '@maestro/task-model/effects-of'
import type { Change } from './change.ts'

/** What changes do to the table of effects. What they close comes before what they open: an effect may be asked for again under its old id. */
export const effectStatements = (
  transaction: Transaction,
  changes: readonly Change[],
  owner: string,
) => [...closeEffects(transaction, changes), ...openEffects(transaction, changes, owner)]

const closeEffects = (transaction: Transaction, changes: readonly Change[]) => {
  const closed = changes.flatMap(({ task: { taskId }, closed: ids }) =>
    ids.map((effectId) => ({ taskId, effectId })),
  )
  const ended = changes.flatMap(({ task, closesAllButCalls }) =>
    closesAllButCalls ? [task.taskId] : [],
  )
  const statements = []
  if (closed.length > 0) {
    statements.push(transaction`
      delete from effects e
      using unnest(${closed.map(({ taskId }) => taskId)}::text[], ${closed.map(({ effectId }) => effectId)}::text[])
        as w(task_id, effect_id)
      where e.task_id = w.task_id and e.effect_id = w.effect_id`)
  }
  if (ended.length > 0) {
    statements.push(transaction`
      delete from effects where task_id = any(${ended}::text[]) and effect_id not like 'call:%'`)
  }
  return statements
}

/** Effects that an earlier change of this batch asked for and a later one closed are not written at all. */
const openEffects = (transaction: Transaction, changes: readonly Change[], owner: string) => {
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
  if (rows.length === 0) return []
  // The clock of the database decides what is due, so that copies with different clocks agree.
  return [
    transaction`
      insert into effects (task_id, effect_id, body, due_at, owner)
      select w.task_id, w.effect_id, w.body, coalesce(w.due_at, now()), w.owner from unnest(
        ${rows.map(({ taskId }) => taskId)}::text[], ${rows.map(({ effect }) => effect.id)}::text[],
        ${rows.map(({ effect }) => JSON.stringify(effect))}::text[],
        ${rows.map(({ effect }) => effect.dueAt)}::timestamptz[],
        ${rows.map(({ effect }) => (effect.dueAt === null ? owner : null))}::text[]
      ) as w(task_id, effect_id, body, due_at, owner)
      on conflict (task_id, effect_id) do update
        set body = excluded.body, due_at = excluded.due_at, owner = excluded.owner`,
  ]
}
