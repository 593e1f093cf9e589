import type { BudgetLevel } from '@maestro/contracts/budget/budget-endpoints'
import type { NanoUsd } from '@maestro/contracts/money/nano-usd'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import type { Level } from './level.ts'

type LevelRow = Omit<Level, 'windowStart' | 'windowEnd'> & {
  windowStart: Date
  windowEnd: Date | null
}

const levelFrom = (row: LevelRow): Level => ({
  ...row,
  windowStart: row.windowStart.toISOString(),
  windowEnd: row.windowEnd?.toISOString() ?? null,
})

type Wanted = { at: Date; levelIds: readonly string[]; attemptIds: readonly string[] }

/** The levels with these ids, those that these attempts count on, and the global ones of the moment in any rhythm. */
export const readLevels = async (
  sql: Sql | Transaction,
  { at, levelIds, attemptIds }: Wanted,
): Promise<Level[]> => {
  const rows = await sql<LevelRow[]>`
    select level.level_id as "levelId", budget.scope, level.budget_id as id, level.period,
      level.window_start as "windowStart", level.window_end as "windowEnd",
      budget.limit_nano_usd as "limitNanoUsd", level.settled_nano_usd as "settledNanoUsd",
      level.reserved_nano_usd as "reservedNanoUsd", level.alerted_percent as "alertedPercent",
      level.limit_told as "limitTold", false as "hasRefused"
    from levels as level join budgets as budget on budget.id = level.budget_id
    where level.level_id in (
      select unnest(${levelIds}::text[])
      union select unnest(level_ids) from reservations where attempt_id = any(${attemptIds}::text[])
      union select level_id from levels where budget_id = 'global' and window_start <= ${at}
        and (window_end is null or window_end > ${at}))`
  return rows.map(levelFrom)
}

/** Writes levels as they are now, new ones too. The caller holds the lock of the global budget. */
export const writeLevels = async (
  transaction: Transaction,
  levels: readonly Level[],
): Promise<void> => {
  if (levels.length === 0) return
  await transaction`
      insert into levels as level (level_id, budget_id, period, window_start, window_end,
        settled_nano_usd, reserved_nano_usd, alerted_percent, limit_told)
      select * from unnest(
        ${levels.map(({ levelId }) => levelId)}::text[], ${levels.map(({ id }) => id)}::text[],
        ${levels.map(({ period }) => period)}::text[],
        ${levels.map(({ windowStart }) => windowStart)}::timestamptz[],
        ${levels.map(({ windowEnd }) => windowEnd)}::timestamptz[],
        ${levels.map(({ settledNanoUsd }) => settledNanoUsd)}::bigint[],
        ${levels.map(({ reservedNanoUsd }) => reservedNanoUsd)}::bigint[],
        ${levels.map(({ alertedPercent }) => alertedPercent)}::int[],
        ${levels.map(({ limitTold }) => String(limitTold))}::text[]::bool[])
      on conflict (level_id) do update set settled_nano_usd = excluded.settled_nano_usd,
        reserved_nano_usd = excluded.reserved_nano_usd,
        alerted_percent = excluded.alerted_percent, limit_told = excluded.limit_told`
}

/** Makes the budgets of tasks, or changes their limits. */
export const writeTaskLimits = async (
  transaction: Transaction,
  levels: readonly (Pick<BudgetLevel, 'id'> & { limitNanoUsd: NanoUsd })[],
): Promise<void> => {
  if (levels.length === 0) return
  await transaction`
    insert into budgets as budget (id, scope, period, time_zone, limit_nano_usd)
    select id, 'task', 'once', 'UTC', limit_nano_usd from unnest(
      ${levels.map(({ id }) => id)}::text[],
      ${levels.map(({ limitNanoUsd }) => limitNanoUsd)}::bigint[]) as task (id, limit_nano_usd)
    on conflict (id) do update set limit_nano_usd = excluded.limit_nano_usd
      where budget.limit_nano_usd <> excluded.limit_nano_usd`
}
