import type { Budget } from '@maestro/contracts/budget/budget'
import type { Suggestion } from '@maestro/contracts/budget/suggestion-endpoints'
import { noMoney } from '@maestro/contracts/money/nano-usd'
import { amountText } from './amount-text.ts'
import { targetOf } from './suggestion-target.ts'

const windowsMin = 3
/** A limit of five times what was ever used bounds nothing. */
const useMax = 0.2

export type BudgetUse = Pick<Budget, 'budgetId' | 'scope' | 'id' | 'unit' | 'period' | 'limit'> & {
  /** Ended windows of late in which something was spent. */
  readonly windows: number
  /** The most that any of them has seen. */
  readonly highest: number
}

/** Budgets that are never nearly reached: a runaway would have to spend many times the usual before it is stopped. */
export const suggestBudgets = (budgets: readonly BudgetUse[]): Suggestion[] =>
  budgets.flatMap(({ budgetId, scope, id, unit, period, limit, windows, highest }) => {
    if (windows < windowsMin || limit === 0 || highest > limit * useMax) return []
    const percent = Math.ceil((highest / limit) * 1_000) / 10
    return {
      kind: 'budget',
      what: `Lower the ${period} limit of ${scope === 'global' ? 'everything' : `${scope} ${id}`}: it bounds nothing.`,
      why: `Of ${amountText(limit, unit)} at most ${amountText(highest, unit)} (${percent} %) was used in any of the last ${windows} windows.`,
      savingNanoUsd: noMoney,
      how: `It saves nothing by itself: it lowers what a runaway could spend, by up to ${amountText(limit - highest, unit)} a window.`,
      target: targetOf({ budgetId }),
    }
  })
