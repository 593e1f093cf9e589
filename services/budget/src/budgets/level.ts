import type { Budget, BudgetLevel } from '@maestro/contracts/budget/budget'
import type { BudgetRefusal, BudgetUnit } from '@maestro/contracts/budget/budget-refusal'
import { AppError } from '@maestro/contracts/errors'
import { nanoUsd, nanoUsdToText } from '@maestro/contracts/money/nano-usd'
import type { Amount } from '../booking/amount.ts'
import type { Window } from './window.ts'

/** One budget in one window, with what people were told about it. */
export type Level = BudgetLevel & {
  readonly levelId: string
  /** The highest share of the limit that people were told of, in percent. */
  readonly alertedPercent: number
  /** People were told that the limit is reached. */
  readonly limitTold: boolean
  /** A call came just now for which what is left does not suffice. */
  isWanting: boolean
}

/** What a level adds to its budget: its counters, and what people were told. */
export type LevelCounts = Pick<Level, 'settled' | 'reserved' | 'alertedPercent' | 'limitTold'>

const untouched: LevelCounts = { settled: 0, reserved: 0, alertedPercent: 0, limitTold: false }

export const levelIdOf = ({ budgetId, period }: Budget, { windowStart }: Window) =>
  `${budgetId}/${period}/${windowStart}`

export const levelOf = (budget: Budget, window: Window, counts = untouched): Level => ({
  budgetId: budget.budgetId,
  scope: budget.scope,
  id: budget.id,
  unit: budget.unit,
  period: budget.period,
  timeZone: budget.timeZone,
  limit: budget.limit,
  action: budget.action,
  alertPercents: budget.alertPercents,
  ...window,
  ...counts,
  levelId: levelIdOf(budget, window),
  isWanting: false,
})

/** Calls last seconds: by then the first of those in flight has settled. */
const retryAfterMs = 1_000

export const amountIn = (unit: BudgetUnit, { nanoUsd: money, tokens }: Amount): number =>
  unit === 'tokens' ? tokens : money

/** Why this level cannot hold so much more; null when it can. What costs nothing always fits. */
export const refusalOf = (
  level: Level,
  holding: Amount,
): (BudgetRefusal & { budget: object }) | null => {
  const { budgetId, scope, id, unit, action, limit, settled, reserved, windowEnd } = level
  const needed = amountIn(unit, holding)
  if (needed === 0 || settled + reserved + needed <= limit) return null
  const budget = {
    budgetId,
    scope,
    id,
    unit,
    action: action === 'refuse' ? ('refuse' as const) : ('ask' as const),
    limit,
    settled,
    reserved,
    needed,
  }
  if (needed > limit) return { code: 'BUDGET_TOO_SMALL', budget, until: null, retryAfterMs: null }
  return settled + needed > limit
    ? { code: 'BUDGET_EXHAUSTED', budget, until: windowEnd, retryAfterMs: null }
    : { code: 'BUDGET_IN_FLIGHT', budget, until: null, retryAfterMs }
}

/** The refusal as an error: amounts in words that people read, and all of it as data. */
export const errorOf = (refusal: BudgetRefusal & { budget: object }): AppError => {
  const { code, until } = refusal
  const { scope, id, unit, limit, settled, reserved, needed } = refusal.budget
  const said = (name: string, amount: number): Record<string, string> =>
    unit === 'tokens'
      ? { [`${name}Tokens`]: String(amount) }
      : { [`${name}Usd`]: nanoUsdToText(nanoUsd(amount)) }
  return new AppError(code, {
    scope,
    id,
    ...said('limit', limit),
    ...said('spent', settled),
    ...said('needed', needed),
    ...(code === 'BUDGET_EXHAUSTED' ? { until } : {}),
    ...(code === 'BUDGET_IN_FLIGHT' ? { ...said('inFlight', reserved), retryAfterMs } : {}),
    refusal,
  })
}

export const toBudgetLevel = (level: Level): BudgetLevel => ({
  budgetId: level.budgetId,
  scope: level.scope,
  id: level.id,
  unit: level.unit,
  period: level.period,
  timeZone: level.timeZone,
  limit: level.limit,
  action: level.action,
  alertPercents: level.alertPercents,
  windowStart: level.windowStart,
  windowEnd: level.windowEnd,
  settled: level.settled,
  reserved: level.reserved,
})

/** The same level under other rules. A higher limit is news again: what of it is reached later is told again. */
export const underRules = (level: Level, budget: Budget): Level => {
  const next: Level = { ...level, ...rulesOf(budget) }
  if (next.limit <= level.limit) return next
  const reached = percentsReached(next).filter((percent) => percent <= level.alertedPercent)
  return { ...next, alertedPercent: Math.max(0, ...reached), limitTold: false }
}

const rulesOf = ({ limit, action, alertPercents, timeZone }: Budget) => ({
  limit,
  action,
  alertPercents,
  timeZone,
})

/** Those shares of the limit that are spent. */
export const percentsReached = ({ settled, limit, alertPercents }: Level): readonly number[] => {
  if (settled === 0) return []
  // Hundred times the money may lie beyond 2^53.
  const spent = BigInt(settled) * 100n
  return alertPercents.filter((percent) => spent >= BigInt(limit) * BigInt(percent))
}
