import type { BudgetLevel } from '@maestro/contracts/budget/budget'

/** What a budget lets through as a whole; null: everything, because it is gone or only warns. */
export const limitNow = (level: BudgetLevel | null): number | null =>
  level === null || level.action === 'warn' ? null : level.limit
