import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { TaskId } from '../ids.ts'
import { AlertPercents, Budget, BudgetId, BudgetLevel, checkScopeId, TimeZone } from './budget.ts'
import { BudgetScope } from './budget-refusal.ts'

/** What the spending of late says about the rest of the window. */
export const Projection = z.object({
  /** Settled lately, in the budget's unit. */
  recent: z.int().nonnegative(),
  /** From when on that is, until now. */
  recentSince: z.iso.datetime(),
  perDay: z.int().nonnegative(),
  /** What will be settled when the window ends, at this rate; null for `once`. */
  settledAtEnd: z.int().nonnegative().nullable(),
  /** When the limit is reached at this rate; null: not in this window. */
  reachedAt: z.iso.datetime().nullable(),
})
export type Projection = z.infer<typeof Projection>

export const getBudgets = endpoint({
  service: 'budget',
  name: 'getBudgets',
  summary: 'The global budgets, and a task’s where one is named.',
  input: z.object({ taskId: TaskId.nullable() }),
  output: z.object({ items: z.array(BudgetLevel) }),
  errors: [],
  timeoutMs: 2_000,
})

export const listBudgets = endpoint({
  service: 'budget',
  name: 'listBudgets',
  summary: 'All budgets in their present windows: global, of users, of agents, of tasks.',
  input: z.object({
    scope: BudgetScope.nullable(),
    /** Of one user, task or agent. */
    id: z.string().max(120).nullable(),
    /** The `next` of the page before. */
    after: z.string().max(200).nullable(),
    limit: z.int().min(1).max(200),
  }),
  output: z.object({ items: z.array(BudgetLevel), next: z.string().nullable() }),
  errors: [],
  timeoutMs: 2_000,
})

export const getBudget = endpoint({
  service: 'budget',
  name: 'getBudget',
  summary: 'One budget in its present window, with recent and projected spend.',
  input: z.object({ budgetId: BudgetId }),
  output: z.object({ level: BudgetLevel, projection: Projection }),
  errors: ['NOT_FOUND'],
  timeoutMs: 3_000,
})

/** Budgets of one user, task or agent: a daily and a monthly one, in money and in tokens, to warn and to refuse. */
export const budgetsPerScopeIdMax = 8

export const putBudget = endpoint({
  service: 'budget',
  name: 'putBudget',
  summary:
    'Makes a budget or changes it, from now on. What was spent in its present window counts. Whose it is and its unit stay.',
  input: Budget.extend({ timeZone: TimeZone, alertPercents: AlertPercents }).superRefine(
    checkScopeId,
  ),
  output: z.object({ level: BudgetLevel }),
  errors: [],
  timeoutMs: 5_000,
})

export const deleteBudget = endpoint({
  service: 'budget',
  name: 'deleteBudget',
  summary: 'Takes a budget away. The global one and those that came with a task stay.',
  input: z.object({ budgetId: BudgetId }),
  output: z.object({}),
  errors: ['NOT_FOUND'],
  timeoutMs: 3_000,
})
