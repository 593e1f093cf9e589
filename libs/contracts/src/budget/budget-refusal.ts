import { z } from 'zod'

/** Whose spending a budget bounds. */
export const BudgetScope = z.enum(['global', 'user', 'task', 'agent'])
export type BudgetScope = z.infer<typeof BudgetScope>

/** What a budget counts: nano-dollars, or tokens in and out. */
export const BudgetUnit = z.enum(['nano-usd', 'tokens'])
export type BudgetUnit = z.infer<typeof BudgetUnit>

/** Why nothing could be held for a call, with what a person or a program needs to decide what comes next. */
export const BudgetRefusal = z.object({
  code: z.enum(['BUDGET_EXHAUSTED', 'BUDGET_TOO_SMALL', 'BUDGET_IN_FLIGHT', 'PRICE_UNKNOWN']),
  /** The budget that refused, the most final one of several; null when the model has no price. */
  budget: z
    .object({
      budgetId: z.string(),
      scope: BudgetScope,
      /** `global`, or the id of the user, task or agent. */
      id: z.string(),
      unit: BudgetUnit,
      /** What its owner wants then: that somebody is asked whether to go on, or that it ends here. */
      action: z.enum(['ask', 'refuse']),
      limit: z.int().nonnegative(),
      settled: z.int().nonnegative(),
      reserved: z.int().nonnegative(),
      /** What the call may need at most. */
      needed: z.int().nonnegative(),
    })
    .nullable(),
  /** When the window ends and a new one begins; null: waiting does not help, or not so long. */
  until: z.iso.datetime().nullable(),
  /** When other calls hold what is left: by then the first of them has settled. */
  retryAfterMs: z.int().positive().nullable(),
})
export type BudgetRefusal = z.infer<typeof BudgetRefusal>
