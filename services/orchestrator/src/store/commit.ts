import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import type { Payload } from '@maestro/service-kit/payload'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import type { Effect } from '@maestro/task-model/effects-of'
import { summaryOf } from '@maestro/task-model/summary-of'
import type { BornTask } from '@maestro/task-model/task'
import { approvalRowsOf } from './approval-rows.ts'
import { actorText } from './event-row.ts'

/** What one decided command writes. */
export type Change = {
  /** The state after `events`. */
  task: BornTask
  events: readonly TaskEvent[]
  payloads: readonly Payload[]
  effects: readonly Effect[]
  /** Ids of effects that these events answer. */
  closed: readonly string[]
  /** The task has ended: nothing is waited for any more but its calls in flight. */
  closesAllButCalls: boolean
  key: string | null
  /** Only with the task's first event. */
  birth: { goal: string; requestHash: string; traceparent: string | null } | null
}

/** Writes changes, all or none, in one transaction. @throws {AppError} `VERSION_CONFLICT` when another copy wrote first. */
export type Commit = (changes: readonly Change[]) => Promise<void>

export const createCommit =
  ({ sql, payloads, owner }: { sql: Sql; payloads: PayloadStore; owner: string }): Commit =>
  async (changes) => {
    try {
      await sql.begin(async (transaction) => {
        // Sent together on one connection: a round trip for all of them.
        await Promise.all([
          insertEvents(transaction, changes),
          payloads.putAll(
            transaction,
            changes.flatMap((change) => change.payloads),
          ),
          writeHeads(transaction, changes),
          writeApprovals(transaction, changes),
          closeEffects(transaction, changes),
          openEffects(transaction, changes, owner),
          writeKeys(transaction, changes),
        ])
      })
    } catch (cause) {
      if (isUniqueViolation(cause)) throw new AppError('VERSION_CONFLICT', {}, { cause })
      throw cause
    }
  }

// 23505 is Postgres' unique_violation; 40P01 a deadlock between two copies, which the loser may try again.
const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '23505' || error.code === '40P01')

const insertEvents = async (transaction: Transaction, changes: readonly Change[]) => {
  const events = changes.flatMap((change) => change.events)
  await transaction`
    insert into task_events (task_id, seq, type, at, actor, data, traceparent)
    select * from unnest(
      ${events.map(({ taskId }) => taskId)}::text[], ${events.map(({ seq }) => seq)}::int[],
      ${events.map(({ type }) => type)}::text[], ${events.map(({ at }) => at)}::timestamptz[],
      ${events.map(({ actor }) => actorText(actor))}::text[],
      ${events.map(({ data }) => JSON.stringify(data))}::text[],
      ${events.map(({ traceparent }) => traceparent ?? null)}::text[])`
}

/** A task that changed twice in this batch is written once, as it stands at the end. */
const lastOfEach = (changes: readonly Change[]): readonly Change[] => [
  ...new Map(changes.map((change) => [change.task.taskId, change])).values(),
]

const writeHeads = async (transaction: Transaction, changes: readonly Change[]) => {
  const births = new Map(
    changes.flatMap(({ task, birth }) => (birth ? [[task.taskId, birth] as const] : [])),
  )
  const heads = lastOfEach(changes).map(({ task }) => ({ task, birth: births.get(task.taskId) }))
  const born = heads.filter(({ birth }) => birth !== undefined)
  const known = heads.filter(({ birth }) => birth === undefined)
  if (born.length > 0) {
    await transaction`
      insert into tasks (task_id, head, status, goal, summary, request_hash, traceparent, created_at, updated_at)
      select * from unnest(
        ${born.map(({ task }) => task.taskId)}::text[], ${born.map(({ task }) => task.seq)}::int[],
        ${born.map(({ task }) => task.status)}::text[], ${born.map(({ birth }) => birth?.goal ?? '')}::text[],
        ${born.map(({ task }) => JSON.stringify(summaryOf(task)))}::text[],
        ${born.map(({ birth }) => birth?.requestHash ?? '')}::text[],
        ${born.map(({ birth }) => birth?.traceparent ?? null)}::text[],
        ${born.map(({ task }) => task.createdAt)}::timestamptz[],
        ${born.map(({ task }) => task.updatedAt)}::timestamptz[])`
  }
  if (known.length > 0) {
    await transaction`
      update tasks t set head = w.head, status = w.status, summary = w.summary, updated_at = w.updated_at
      from unnest(
        ${known.map(({ task }) => task.taskId)}::text[], ${known.map(({ task }) => task.seq)}::int[],
        ${known.map(({ task }) => task.status)}::text[],
        ${known.map(({ task }) => JSON.stringify(summaryOf(task)))}::text[],
        ${known.map(({ task }) => task.updatedAt)}::timestamptz[]
      ) as w(task_id, head, status, summary, updated_at)
      where t.task_id = w.task_id`
  }
}

const writeApprovals = async (transaction: Transaction, changes: readonly Change[]) => {
  const rows = lastOfEach(changes).flatMap(({ task, events }) => approvalRowsOf(task, events))
  if (rows.length === 0) return
  await transaction`
    insert into approvals (approval_id, task_id, status, body, expires_at)
    select * from unnest(
      ${rows.map(({ approvalId }) => approvalId)}::text[], ${rows.map(({ taskId }) => taskId)}::text[],
      ${rows.map(({ status }) => status)}::text[], ${rows.map(({ body }) => body)}::text[],
      ${rows.map(({ expiresAt }) => expiresAt)}::timestamptz[])
    on conflict (approval_id) do update set status = excluded.status, body = excluded.body`
}

const closeEffects = async (transaction: Transaction, changes: readonly Change[]) => {
  const closed = changes.flatMap(({ task, closed: ids }) => ids.map((id) => [task.taskId, id]))
  if (closed.length > 0) {
    await transaction`
      delete from effects e
      using unnest(${closed.map(([taskId]) => taskId ?? '')}::text[], ${closed.map(([, id]) => id ?? '')}::text[])
        as w(task_id, effect_id)
      where e.task_id = w.task_id and e.effect_id = w.effect_id`
  }
  const ended: TaskId[] = changes.flatMap((change) =>
    change.closesAllButCalls ? [change.task.taskId] : [],
  )
  if (ended.length > 0) {
    await transaction`
      delete from effects where task_id = any(${ended}::text[]) and effect_id not like 'call:%'`
  }
}

/** Effects that an earlier change of this batch asked for and a later one closed are not written at all. */
const openEffects = async (transaction: Transaction, changes: readonly Change[], owner: string) => {
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
  if (rows.length === 0) return
  const now = new Date().toISOString()
  await transaction`
    insert into effects (task_id, effect_id, body, due_at, owner)
    select * from unnest(
      ${rows.map(({ taskId }) => taskId)}::text[], ${rows.map(({ effect }) => effect.id)}::text[],
      ${rows.map(({ effect }) => JSON.stringify(effect))}::text[],
      ${rows.map(({ effect }) => effect.dueAt ?? now)}::timestamptz[],
      ${rows.map(({ effect }) => (effect.dueAt === null ? owner : null))}::text[])
    on conflict (task_id, effect_id) do update
      set body = excluded.body, due_at = excluded.due_at, owner = excluded.owner`
}

const writeKeys = async (transaction: Transaction, changes: readonly Change[]) => {
  const keyed = changes.filter(({ key }) => key !== null)
  if (keyed.length === 0) return
  await transaction`
    insert into command_keys (key, task_id, seq)
    select * from unnest(
      ${keyed.map(({ key }) => key ?? '')}::text[], ${keyed.map(({ task }) => task.taskId)}::text[],
      ${keyed.map(({ task }) => task.seq)}::int[])`
}
