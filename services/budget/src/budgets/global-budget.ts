import type { BudgetLevel } from '@maestro/contracts/budget/budget-endpoints'
import type { NanoUsd } from '@maestro/contracts/money/nano-usd'
import type { Transaction } from '@maestro/service-kit/database'
import { newGlobalLevel, type Window } from './level.ts'

export type GlobalBudget = { limitNanoUsd: NanoUsd; window: Window }

type Row = {
  period: BudgetLevel['period']
  limit: NanoUsd
  windowStart: Date
  windowEnd: Date | null
}

/**
 * Reads the global budget with its window at a moment, and locks it until the transaction ends.
 * Whoever changes counters does this first: it puts all copies of the service in one line, so that
 * no two of them can wait for each other's levels.
 */
export const lockGlobalBudget = async (
  transaction: Transaction,
  at: Date,
): Promise<GlobalBudget> => {
  // The window is cut in the budget's own time zone: a day of 23 or 25 hours is a day.
  const [row] = await transaction<Row[]>`
    select period, limit_nano_usd as "limit",
      case when period = 'once' then to_timestamp(0)
        else date_trunc(unit, here) at time zone time_zone end as "windowStart",
      case when period = 'once' then null
        else (date_trunc(unit, here) + ('1 ' || unit)::interval) at time zone time_zone
      end as "windowEnd"
    from (
      select *, ${at}::timestamptz at time zone time_zone as here,
        case period when 'daily' then 'day' when 'weekly' then 'week' when 'yearly' then 'year'
          else 'month' end as unit
      from budgets where id = 'global' for update
    ) as budget`
  if (row === undefined) throw new Error('the global budget is missing')
  return {
    limitNanoUsd: row.limit,
    window: {
      period: row.period,
      windowStart: row.windowStart.toISOString(),
      windowEnd: row.windowEnd?.toISOString() ?? null,
    },
  }
}

export const globalLevelOf = ({ window, limitNanoUsd }: GlobalBudget) =>
  newGlobalLevel(window, limitNanoUsd)

/** A sensible limit exists from the first start; later starts leave what the owner set. */
export const ensureGlobalBudget = async (
  transaction: Transaction,
  limitNanoUsd: NanoUsd,
): Promise<void> => {
  await transaction`
    insert into budgets (id, scope, period, time_zone, limit_nano_usd)
    values ('global', 'global', 'monthly', 'UTC', ${limitNanoUsd}) on conflict (id) do nothing`
}
