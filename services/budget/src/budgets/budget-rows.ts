import type { BudgetId } from '@maestro/contracts/budget/budget'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import { newGlobalBudget, type StoredBudget } from './stored-budget.ts'

export const budgetColumns = (sql: Sql | Transaction) => sql`
  budget.budget_id as "budgetId", budget.scope, budget.scope_id as id, budget.unit, budget.period,
  budget.time_zone as "timeZone", budget.limit_amount as "limit", budget.action,
  budget.alert_percents as "alertPercents", budget.counts_from as "countsFrom",
  budget.brought_nano_usd as "broughtNanoUsd"`

export const readBudget = async (
  sql: Sql | Transaction,
  budgetId: BudgetId,
): Promise<StoredBudget | undefined> => {
  const [budget] = await sql<StoredBudget[]>`
    select ${budgetColumns(sql)} from budgets as budget where budget_id = ${budgetId}`
  return budget
}

/** Writes budgets as they are now, new ones too. The caller holds the lock. */
export const writeBudgets = async (
  transaction: Transaction,
  budgets: readonly StoredBudget[],
): Promise<void> => {
  if (budgets.length === 0) return
  // A list of shares travels as one text: arrays of arrays must all have the same length.
  await transaction`
    insert into budgets (budget_id, scope, scope_id, unit, period, time_zone, limit_amount, action,
      alert_percents, counts_from, brought_nano_usd)
    select budget_id, scope, scope_id, unit, period, time_zone, limit_amount, action,
      alert_percents::int[], counts_from, brought_nano_usd
    from unnest(
      ${budgets.map(({ budgetId }) => budgetId)}::text[],
      ${budgets.map(({ scope }) => scope)}::text[],
      ${budgets.map(({ id }) => id)}::text[],
      ${budgets.map(({ unit }) => unit)}::text[],
      ${budgets.map(({ period }) => period)}::text[],
      ${budgets.map(({ timeZone }) => timeZone)}::text[],
      ${budgets.map(({ limit }) => limit)}::bigint[],
      ${budgets.map(({ action }) => action)}::text[],
      ${budgets.map(({ alertPercents }) => `{${alertPercents.join(',')}}`)}::text[],
      ${budgets.map(({ countsFrom }) => countsFrom.toISOString())}::timestamptz[],
      ${budgets.map(({ broughtNanoUsd }) => broughtNanoUsd)}::bigint[]
    ) as row (budget_id, scope, scope_id, unit, period, time_zone, limit_amount, action,
      alert_percents, counts_from, brought_nano_usd)
    on conflict (budget_id) do update set period = excluded.period,
      time_zone = excluded.time_zone, limit_amount = excluded.limit_amount,
      action = excluded.action, alert_percents = excluded.alert_percents,
      counts_from = excluded.counts_from, brought_nano_usd = excluded.brought_nano_usd`
}

/** A sensible limit exists from the first start; later starts leave what the owner set. */
export const ensureGlobalBudget = async (
  transaction: Transaction,
  limitNanoUsd: number,
): Promise<void> => {
  await transaction`lock table budgets in share row exclusive mode`
  const rows = await transaction`select 1 from budgets where budget_id = 'global'`
  if (rows.length === 0) await writeBudgets(transaction, [newGlobalBudget(limitNanoUsd)])
}
