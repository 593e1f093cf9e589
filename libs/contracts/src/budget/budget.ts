import { z } from 'zod'
import { AgentId, TaskId, UserId } from '../ids.ts'
import { BudgetScope, BudgetUnit } from './budget-refusal.ts'

/** `global`, the id of a task (the limit that it came with), or `bdg_…`. Also the subject of its facts. */
export const BudgetId = z
  .string()
  .regex(/^(global|task_[0-9a-z]{1,40}|bdg_[0-9a-z-]{1,60})$/, 'a budget id looks like bdg_…')
  .brand<'BudgetId'>()
export type BudgetId = z.infer<typeof BudgetId>

/** The budget over everything that exists from the first start. */
export const globalBudgetId = 'global' as BudgetId

export const BudgetPeriod = z.enum(['once', 'daily', 'weekly', 'monthly', 'yearly'])
export type BudgetPeriod = z.infer<typeof BudgetPeriod>

/** What happens to a call that does not fit: it goes on and people are told, somebody is asked, or it ends. */
export const BudgetAction = z.enum(['warn', 'ask', 'refuse'])
export type BudgetAction = z.infer<typeof BudgetAction>

const isTimeZone = (name: string): boolean => {
  // Offsets such as +01:00 know no summer.
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** A name of the IANA time zone database. */
export const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, {
    error: ({ input }) =>
      `there is no time zone ${JSON.stringify(input)}; name one as in Europe/Berlin`,
  })

/** Nine million dollars, or as many tokens: sums of it stay below 2^53. */
export const limitMax = 9_000_000_000_000_000

/** Shares of a limit, in percent, that people are told of unless its owner chose others. */
export const defaultAlertPercents: readonly number[] = [50, 75, 90, 100]

export const AlertPercents = z
  .array(z.int().min(1).max(1_000))
  .max(10)
  .transform((percents) => [...new Set(percents)].sort((a, b) => a - b))

/** What may be spent, by whom, and in which rhythm. */
export const Budget = z.object({
  budgetId: BudgetId,
  scope: BudgetScope,
  /** `global`, or the id of the user, task or agent. */
  id: z.string().min(1).max(120),
  unit: BudgetUnit,
  period: BudgetPeriod,
  /** Where its days, weeks (from Monday), months and years begin. */
  timeZone: z.string(),
  /** In its unit. */
  limit: z.int().nonnegative().max(limitMax),
  action: BudgetAction,
  alertPercents: z.array(z.int().positive()),
})
export type Budget = z.infer<typeof Budget>

/** A budget in one window of its period, with what counts there. */
export const BudgetLevel = Budget.extend({
  windowStart: z.iso.datetime(),
  /** When the window ends and a new one begins; null for `once`. */
  windowEnd: z.iso.datetime().nullable(),
  settled: z.int().nonnegative(),
  reserved: z.int().nonnegative(),
})
export type BudgetLevel = z.infer<typeof BudgetLevel>

const idOfScope = {
  global: z.literal('global', { error: 'the id of the global scope is "global"' }),
  user: UserId,
  task: TaskId,
  agent: AgentId,
} as const satisfies Record<BudgetScope, z.ZodType>

/** For `superRefine`: the id has to be one of its scope. */
export const checkScopeId = (
  { scope, id }: { scope: BudgetScope; id: string },
  context: z.core.$RefinementCtx,
): void => {
  const { error } = idOfScope[scope].safeParse(id)
  if (error === undefined) return
  const message = error.issues[0]?.message ?? 'this is no id of the scope'
  context.addIssue({ code: 'custom', path: ['id'], message, input: id })
}
