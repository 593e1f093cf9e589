import type { BudgetScope, BudgetUnit } from '@maestro/contracts/budget/budget-refusal'
import type { TaskId } from '@maestro/contracts/ids'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import type { Amount } from '../booking/amount.ts'
import { budgetColumns } from './budget-rows.ts'
import { type Level, type LevelCounts, levelOf } from './level.ts'
import type { StoredBudget } from './stored-budget.ts'
import type { Window } from './window.ts'

export type ScopeKey = { readonly scope: BudgetScope; readonly id: string }

type CountsRow = LevelCounts & { levelId: string; windowStart: Date; windowEnd: Date | null }
type OverRow = StoredBudget & { [Name in keyof CountsRow]: CountsRow[Name] | null }

/**
 * The budgets over some scopes and over the attempts named, and their levels in the windows since the
 * first of these attempts, and since now. Another copy's clock may be in a window that is to come.
 */
export const readBudgetsOver = async (
  sql: Sql | Transaction,
  {
    scopes,
    attemptIds,
    at,
  }: { scopes: readonly ScopeKey[]; attemptIds: readonly string[]; at: Date },
): Promise<{ budgets: readonly StoredBudget[]; levels: readonly Level[] }> => {
  const rows = await sql<OverRow[]>`
    with attempt as materialized (
      select user_id, task_id, agent_id, reserved_at
      from reservations where attempt_id = any(${attemptIds}::text[])
    ), wanted (scope, scope_id) as (
      select * from unnest(
        ${scopes.map(({ scope }) => scope)}::text[], ${scopes.map(({ id }) => id)}::text[])
      union select 'global', 'global' from attempt
      union select 'user', user_id from attempt
      union select 'task', task_id from attempt
      union select 'agent', agent_id from attempt
    )
    select ${budgetColumns(sql)}, level.level_id as "levelId", level.window_start as "windowStart",
      level.window_end as "windowEnd", level.settled, level.reserved,
      level.alerted_percent as "alertedPercent", level.limit_told as "limitTold"
    from wanted join budgets as budget using (scope, scope_id)
    left join levels as level on level.budget_id = budget.budget_id
      and level.period = budget.period
      and (level.window_end is null
        or level.window_end > least((select min(reserved_at) from attempt), ${at}))`
  const budgets = new Map(rows.map((row) => [row.budgetId, row]))
  return { budgets: [...budgets.values()], levels: rows.flatMap(levelIn) }
}

const levelIn = (row: OverRow): Level[] => {
  const { levelId, windowStart, windowEnd, settled, reserved, alertedPercent, limitTold } = row
  if (levelId === null || windowStart === null) return []
  const window = {
    windowStart: windowStart.toISOString(),
    windowEnd: windowEnd?.toISOString() ?? null,
  }
  const counts = {
    settled: settled ?? 0,
    reserved: reserved ?? 0,
    alertedPercent: alertedPercent ?? 0,
    limitTold: limitTold ?? false,
  }
  return [levelOf(row, window, counts)]
}

/** What is counted by the levels with these ids; one that nothing was counted on is not there. */
export const readCounts = async (
  sql: Sql | Transaction,
  levelIds: readonly string[],
): Promise<ReadonlyMap<string, LevelCounts>> => {
  const rows = await sql<(LevelCounts & { levelId: string })[]>`
    select level_id as "levelId", settled, reserved, alerted_percent as "alertedPercent",
      limit_told as "limitTold"
    from levels where level_id = any(${levelIds}::text[])`
  return new Map(rows.map(({ levelId, ...counts }) => [levelId, counts]))
}

/** Writes levels as they are now, new ones too. The caller holds the lock of the budgets. */
export const writeLevels = async (
  transaction: Transaction,
  levels: readonly Level[],
): Promise<void> => {
  if (levels.length === 0) return
  await transaction`
      insert into levels as level (level_id, budget_id, period, window_start, window_end,
        settled, reserved, alerted_percent, limit_told)
      select * from unnest(
        ${levels.map(({ levelId }) => levelId)}::text[],
        ${levels.map(({ budgetId }) => budgetId)}::text[],
        ${levels.map(({ period }) => period)}::text[],
        ${levels.map(({ windowStart }) => windowStart)}::timestamptz[],
        ${levels.map(({ windowEnd }) => windowEnd)}::timestamptz[],
        ${levels.map(({ settled }) => settled)}::bigint[],
        ${levels.map(({ reserved }) => reserved)}::bigint[],
        ${levels.map(({ alertedPercent }) => alertedPercent)}::int[],
        ${levels.map(({ limitTold }) => String(limitTold))}::text[]::bool[])
      on conflict (level_id) do update set settled = excluded.settled,
        reserved = excluded.reserved,
        alerted_percent = excluded.alerted_percent, limit_told = excluded.limit_told`
}

/** What tasks without a limit have spent and hold: a limit that comes later counts it. */
export const readUnlimited = async (
  sql: Sql | Transaction,
  taskIds: readonly TaskId[],
): Promise<ReadonlyMap<string, { settled: number; reserved: number }>> => {
  const rows = await sql<{ taskId: string; settled: number; reserved: number }[]>`
    select task_id as "taskId", sum(settled_nano_usd)::bigint as settled,
      sum(reserved_nano_usd)::bigint as reserved
    from ledger where task_id = any(${taskIds}::text[])
      and not exists (select 1 from budgets where budget_id = ledger.task_id)
    group by task_id`
  return new Map(rows.map(({ taskId, ...counts }) => [taskId, counts]))
}

/** What the ledger says of a scope in a window: with it a window opens that begins before its budget. */
export const sumOfScope = async (
  sql: Sql | Transaction,
  { scope, id }: ScopeKey,
  unit: BudgetUnit,
  { windowStart, windowEnd }: Window,
): Promise<{ settled: number; reserved: number }> => {
  // The clocks of two copies differ by seconds; what was reserved since was booked since, give or take.
  const [sum] = await sql<{ settled: Amount; reserved: Amount }[]>`
    select jsonb_build_object('nanoUsd', coalesce(sum(settled_nano_usd), 0),
        'tokens', coalesce(sum(settled_tokens), 0)) as settled,
      jsonb_build_object('nanoUsd', coalesce(sum(reserved_nano_usd), 0),
        'tokens', coalesce(sum(reserved_tokens), 0)) as reserved
    from ledger where booked_at >= ${windowStart}::timestamptz - interval '1 hour'
      and reserved_at >= ${windowStart}::timestamptz
      and reserved_at < coalesce(${windowEnd}::timestamptz, 'infinity')
      and ${inScope(sql, { scope, id })}`
  const key = unit === 'tokens' ? 'tokens' : 'nanoUsd'
  return { settled: sum?.settled[key] ?? 0, reserved: sum?.reserved[key] ?? 0 }
}

/** The lines of the ledger that are of a scope. */
export const inScope = (sql: Sql | Transaction, { scope, id }: ScopeKey) => {
  switch (scope) {
    case 'global':
      return sql`true`
    case 'user':
      return sql`user_id = ${id}`
    case 'task':
      return sql`task_id = ${id}`
    case 'agent':
      return sql`agent_id = ${id}`
    default:
      return scope satisfies never
  }
}
