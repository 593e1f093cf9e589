import type { Sql } from '@maestro/service-kit/database'
import type { BudgetUse } from './suggest-budgets.ts'

/** Windows of a budget that are looked at, the newest. */
const windowsMax = 6
const budgetsMax = 20

/** How much of budgets was used in their last ended windows; those that were used least come first. */
export const readBudgetUse = (sql: Sql, at: Date): Promise<BudgetUse[]> =>
  sql<BudgetUse[]>`
    select budget_id as "budgetId", scope, scope_id as id, unit, period,
      limit_amount as "limit", count(*)::int as windows, max(settled) as highest
    from budgets cross join lateral (
      select settled from levels
      where levels.budget_id = budgets.budget_id and levels.period = budgets.period
        and window_end <= ${at} and settled > 0
      order by window_start desc limit ${windowsMax}
    ) as ended
    where period <> 'once' and limit_amount > 0
    group by budget_id
    order by max(settled)::float8 / limit_amount, budget_id limit ${budgetsMax}`
