import { z } from 'zod'
import { BudgetLevel } from './budget-endpoints.ts'

/** Shares of a limit, in percent, that people are told of: each once per budget and window. */
export const alertPercents = [50, 75, 90, 100] as const

/** Facts of budgets, on `maestro.event.budget.<id>`. */
export const budgetEventData = {
  /** What was spent (settled, not held) has reached a share of the limit. */
  BudgetAlertRaised: z.object({
    percent: z.literal(alertPercents),
    level: BudgetLevel,
  }),
  /** A call was refused because the rest of the limit does not suffice, or all of it is spent. Once per budget and window. */
  LimitReached: z.object({ level: BudgetLevel }),
} as const
export type BudgetEventType = keyof typeof budgetEventData
