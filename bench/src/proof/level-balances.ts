import type { Sql } from '@maestro/service-kit/database'

export type LevelBalance = {
  readonly budgetId: string
  readonly unit: string
  readonly limit: number
  /** The most that was settled and reserved together at any line of the ledger. */
  readonly highest: number
  /** What of it, at the worst line, lies beyond the limit and beyond the overruns shown until then. */
  readonly overshoot: number
  readonly overrun: number
  /** What the lines add up to, and what the counters say. */
  readonly summed: number
  readonly counted: number
}

/** Goes through the ledger line by line for every level, in the order of booking. */
export const readBalances = (sql: Sql): Promise<LevelBalance[]> => sql<LevelBalance[]>`
  with line as (
    select budget.budget_id, budget.unit, budget.limit_amount, level.level_id,
      level.settled + level.reserved as counted, ledger.booking_id,
      case unit when 'tokens' then ledger.settled_tokens + ledger.reserved_tokens
        else ledger.settled_nano_usd + ledger.reserved_nano_usd end as amount,
      case unit when 'tokens' then ledger.overrun_tokens else ledger.overrun_nano_usd end as overrun
    from levels as level join budgets as budget using (budget_id) join ledger
      on reserved_at >= window_start and (window_end is null or reserved_at < window_end)
      and case scope when 'user' then user_id = scope_id when 'task' then task_id = scope_id
        when 'agent' then agent_id = scope_id else true end
  ), balance as (
    select *, sum(amount) over lines as total, sum(overrun) over lines as overruns
    from line window lines as (partition by level_id order by booking_id)
  )
  select budget_id as "budgetId", unit, limit_amount as limit, max(total)::bigint as highest,
    greatest(max(total - limit_amount - overruns), 0)::bigint as overshoot,
    sum(overrun)::bigint as overrun, sum(amount)::bigint as summed, max(counted) as counted
  from balance group by budget_id, unit, limit_amount, level_id order by budget_id`
