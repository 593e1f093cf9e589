import { AppError } from '@maestro/contracts/errors'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { numberArray, textArray } from '@maestro/service-kit/array-literal'
import type { Fragment, Sql, Transaction } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import { summaryOf } from '@maestro/task-model/summary-of'
import { approvalRowsOf } from './approval-rows.ts'
import type { Change } from './change.ts'
import { effectParts } from './effect-parts.ts'
import { packedRowsOf } from './event-row.ts'

/**
 * Writes changes, all or none, in one transaction.
 * @throws {AppError} `VERSION_CONFLICT` when another copy wrote first, `IDEMPOTENCY_CONFLICT` when a key
 * is taken, `UNAVAILABLE` when the database is away: then nobody knows whether it was written.
 */
export type Commit = (
  changes: readonly Change[],
  /** Written before them, in the same transaction. */
  before?: (transaction: Transaction) => Promise<void>,
) => Promise<void>

export const createCommit = ({
  sql,
  payloads,
  owner,
}: {
  sql: Sql
  payloads: PayloadStore
  owner: string
}): Commit => {
  /**
   * One statement, which is a transaction of its own: several would be three ways to the server and back.
   * Events come first, they hold the lock. The parts behind them see the tables as they were before it.
   */
  const write = async (on: Sql | Transaction, changes: readonly Change[]) => {
    const texts = changes.flatMap((change) => change.payloads)
    await on`
      with written as (${insertEvents(
        sql,
        changes.flatMap(({ events }) => events),
      )} returning 1)
      ${texts.length > 0 ? sql`, texts as (${payloads.putting(texts)})` : sql``}
      ${headParts(sql, changes)}
      ${approvalPart(sql, changes)}
      ${effectParts(sql, changes, owner)}
      ${keyPart(sql, changes)}
      select count(*) from written`
    payloads.remember(texts)
  }
  return async (changes, before) => {
    try {
      if (before === undefined) return await write(sql, changes)
      await sql.begin(async (transaction) => {
        await before(transaction)
        await write(transaction, changes)
      })
    } catch (cause) {
      throw toAppError(cause)
    }
  }
}

const uniqueViolation = '23505'
/** Two copies waited for each other; the loser may try again. */
const deadlock = '40P01'

const toAppError = (cause: unknown): unknown => {
  if (!(cause instanceof Error) || !('code' in cause)) return cause
  const constraint = 'constraint_name' in cause ? cause.constraint_name : null
  if (cause.code === uniqueViolation && constraint === 'command_keys_pkey') {
    return new AppError('IDEMPOTENCY_CONFLICT', {}, { cause })
  }
  if (cause.code === uniqueViolation || cause.code === deadlock) {
    return new AppError('VERSION_CONFLICT', {}, { cause })
  }
  return asDatabaseOutage(cause)
}

export const insertEvents = (sql: Sql | Transaction, unsorted: readonly TaskEvent[]): Fragment => {
  // The same order of tasks in every copy, so that two of them that race for several tasks cannot
  // wait for each other. Sorting keeps the order within a task.
  const events = unsorted.toSorted((a, b) =>
    a.taskId === b.taskId ? 0 : a.taskId < b.taskId ? -1 : 1,
  )
  const rows = packedRowsOf(events)
  // As base64: the driver has no arrays of bytes.
  return sql`
    insert into task_events (task_id, seq, last_seq, at, packed)
    select w.task_id, w.seq, w.last_seq, w.at, decode(w.packed, 'base64') from unnest(
      ${textArray(rows.map(({ taskId }) => taskId))}::text::text[],
      ${numberArray(rows.map(({ seq }) => seq))}::text::int[],
      ${numberArray(rows.map(({ lastSeq }) => lastSeq))}::text::int[],
      ${textArray(rows.map(({ at }) => at))}::text::timestamptz[],
      ${textArray(rows.map(({ packed }) => packed.toString('base64')))}::text::text[]
    ) as w(task_id, seq, last_seq, at, packed)`
}

/** A task that changed twice in this batch is written once, as it stands at the end, with all that happened to it. */
const byTask = (changes: readonly Change[]) =>
  [...Map.groupBy(changes, ({ task }) => task.taskId).values()].flatMap((own) => {
    const last = own.at(-1)
    return last ? [{ task: last.task, events: own.flatMap(({ events }) => events) }] : []
  })

const headParts = (sql: Sql, changes: readonly Change[]): Fragment[] => {
  const births = new Map(
    changes.flatMap(({ task, birth }) => (birth ? [[task.taskId, birth] as const] : [])),
  )
  const heads = byTask(changes).map(({ task }) => ({ task, birth: births.get(task.taskId) }))
  const born = heads.filter(({ birth }) => birth !== undefined)
  const known = heads.filter(({ birth }) => birth === undefined)
  const parts: Fragment[] = []
  if (born.length > 0) {
    parts.push(sql`, born as (
      insert into tasks (task_id, head, status, goal, summary, request_hash, traceparent, created_at, updated_at)
      select * from unnest(
        ${textArray(born.map(({ task }) => task.taskId))}::text::text[],
        ${numberArray(born.map(({ task }) => task.seq))}::text::int[],
        ${textArray(born.map(({ task }) => task.status))}::text::text[],
        ${textArray(born.map(({ birth }) => birth?.goal ?? ''))}::text::text[],
        ${textArray(born.map(({ task }) => JSON.stringify(summaryOf(task))))}::text::text[],
        ${textArray(born.map(({ birth }) => birth?.requestHash ?? ''))}::text::text[],
        ${textArray(born.map(({ birth }) => birth?.traceparent ?? null))}::text::text[],
        ${textArray(born.map(({ task }) => task.createdAt))}::text::timestamptz[],
        ${textArray(born.map(({ task }) => task.updatedAt))}::text::timestamptz[]))`)
  }
  if (known.length > 0) {
    parts.push(sql`, moved as (
      update tasks t set head = w.head, status = w.status, summary = w.summary,
        waits_for_budget = w.waits_for_budget, updated_at = w.updated_at
      from unnest(
        ${textArray(known.map(({ task }) => task.taskId))}::text::text[],
        ${numberArray(known.map(({ task }) => task.seq))}::text::int[],
        ${textArray(known.map(({ task }) => task.status))}::text::text[],
        ${textArray(known.map(({ task }) => JSON.stringify(summaryOf(task))))}::text::text[],
        ${textArray(known.map(({ task }) => task.pause?.refusal?.budget?.budgetId ?? null))}::text::text[],
        ${textArray(known.map(({ task }) => task.updatedAt))}::text::timestamptz[]
      ) as w(task_id, head, status, summary, waits_for_budget, updated_at)
      where t.task_id = w.task_id)`)
  }
  return parts
}

const approvalPart = (sql: Sql, changes: readonly Change[]): Fragment => {
  const rows = byTask(changes).flatMap(({ task, events }) => approvalRowsOf(task, events))
  if (rows.length === 0) return sql``
  return sql`, asked as (
    insert into approvals (approval_id, task_id, status, body, expires_at)
    select * from unnest(
      ${textArray(rows.map(({ approvalId }) => approvalId))}::text::text[],
      ${textArray(rows.map(({ taskId }) => taskId))}::text::text[],
      ${textArray(rows.map(({ status }) => status))}::text::text[],
      ${textArray(rows.map(({ body }) => body))}::text::text[],
      ${textArray(rows.map(({ expiresAt }) => expiresAt))}::text::timestamptz[])
    on conflict (approval_id) do update set status = excluded.status, body = excluded.body)`
}

const keyPart = (sql: Sql, changes: readonly Change[]): Fragment => {
  const keyed = changes.flatMap(({ key, task }) => (key === null ? [] : [{ ...key, task }]))
  if (keyed.length === 0) return sql``
  return sql`, keyed as (
    insert into command_keys (key, request_hash, task_id, seq)
    select * from unnest(
      ${textArray(keyed.map(({ key }) => key))}::text::text[],
      ${textArray(keyed.map(({ requestHash }) => requestHash))}::text::text[],
      ${textArray(keyed.map(({ task }) => task.taskId))}::text::text[],
      ${numberArray(keyed.map(({ task }) => task.seq))}::text::int[]))`
}
