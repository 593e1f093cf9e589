import { z } from 'zod'
import { BudgetLevel } from './budget.ts'

/** Facts of budgets, on `maestro.event.budget.<budgetId>`. */
export const budgetEventData = {
  /** What was spent (settled, not held) has reached a share of the limit: each once per budget, window and limit. */
  BudgetAlertRaised: z.object({
    percent: z.int().positive(),
    level: BudgetLevel,
  }),
  /** The rest of the limit did not suffice for a call, or all of it is spent. Once per budget, window and limit. */
  LimitReached: z.object({ level: BudgetLevel }),
  /** Its owner changed what it allows: whoever waits for it may ask again. */
  BudgetChanged: z.object({
    change: z.enum(['created', 'raised', 'lowered', 'changed', 'deleted']),
    /** As it is now; of a deleted one as it was. */
    level: BudgetLevel,
  }),
} as const
export type BudgetEventType = keyof typeof budgetEventData
