import { z } from 'zod'
import {
  AlertPercents,
  Budget,
  BudgetId,
  BudgetLevel,
  checkScopeId,
  defaultAlertPercents,
  TimeZone,
} from '../../budget/budget.ts'
import { BudgetScope } from '../../budget/budget-refusal.ts'
import { Projection } from '../../budget/limit-endpoints.ts'
import { TaskId } from '../../ids.ts'
import { UsdText } from '../../money/nano-usd.ts'
import { httpRoutesOf } from '../http-route.ts'
import { QueryLimit } from '../query-values.ts'

const tag = 'costs'

const amounts = { unit: true, limit: true, settled: true, reserved: true } as const
const Line = BudgetLevel.omit(amounts)
const Tokens = z.int().nonnegative()

/** A budget of money in its present window; money outside is decimal text. */
export const MoneyBudgetLine = Line.extend({
  unit: z.literal('usd'),
  limitUsd: UsdText,
  settledUsd: UsdText,
  reservedUsd: UsdText,
})
export type MoneyBudgetLine = z.infer<typeof MoneyBudgetLine>

const TokenBudgetLine = Line.extend({
  unit: z.literal('tokens'),
  limitTokens: Tokens,
  settledTokens: Tokens,
  reservedTokens: Tokens,
})
export const BudgetLine = z.discriminatedUnion('unit', [MoneyBudgetLine, TokenBudgetLine])
export type BudgetLine = z.infer<typeof BudgetLine>

const rates = { recent: true, perDay: true, settledAtEnd: true } as const
const ProjectionLine = z.discriminatedUnion('unit', [
  Projection.omit(rates).extend({
    unit: z.literal('usd'),
    recentUsd: UsdText,
    perDayUsd: UsdText,
    settledAtEndUsd: UsdText.nullable(),
  }),
  Projection.omit(rates).extend({
    unit: z.literal('tokens'),
    recentTokens: Tokens,
    perDayTokens: Tokens,
    settledAtEndTokens: Tokens.nullable(),
  }),
])
export type ProjectionLine = z.infer<typeof ProjectionLine>

/** A limit as people write it: in dollars or in tokens. */
const limit = { limitUsd: UsdText.optional(), limitTokens: Budget.shape.limit.optional() }
type Limit = { limitUsd?: unknown; limitTokens?: unknown }
const limitsIn = ({ limitUsd, limitTokens }: Limit) =>
  [limitUsd, limitTokens].filter((value) => value !== undefined).length
const limitError = {
  path: ['limitUsd'],
  error: 'a limit is in dollars or in tokens: limitUsd or limitTokens',
}

const params = z.object({ id: BudgetId })

export const budgetRoutes = httpRoutesOf({
  getBudgets: {
    method: 'GET',
    path: '/api/budgets',
    tag,
    summary:
      'Budgets in their present windows, the global ones first. With `taskId`: those that are global and those of the task.',
    access: 'owner',
    query: z.strictObject({
      taskId: TaskId.optional(),
      scope: BudgetScope.optional(),
      id: z.string().max(120).optional(),
      after: z.string().max(200).optional(),
      limit: QueryLimit,
    }),
    answer: z.object({ items: z.array(BudgetLine), next: z.string().nullable() }),
    status: 200,
    keyed: false,
    errors: [],
  },
  getBudget: {
    method: 'GET',
    path: '/api/budgets/:id',
    tag,
    summary: 'One budget in its present window, with recent and projected spend.',
    access: 'owner',
    params,
    answer: z.object({ level: BudgetLine, projection: ProjectionLine }),
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
  createBudget: {
    method: 'POST',
    path: '/api/budgets',
    tag,
    summary:
      'Makes a budget over everything, a user, a task or an agent. What was spent in its present window counts.',
    access: 'owner',
    body: z
      .strictObject({
        scope: BudgetScope,
        id: Budget.shape.id,
        ...limit,
        period: Budget.shape.period,
        timeZone: TimeZone.default('UTC'),
        action: Budget.shape.action.default('ask'),
        alertPercents: AlertPercents.default([...defaultAlertPercents]),
      })
      .refine((body) => limitsIn(body) === 1, limitError)
      .superRefine(checkScopeId),
    answer: z.object({ level: BudgetLine }),
    status: 201,
    keyed: true,
    errors: ['IDEMPOTENCY_CONFLICT'],
  },
  changeBudget: {
    method: 'PUT',
    path: '/api/budgets/:id',
    tag,
    summary:
      'Changes a budget from now on. What is left out stays, and so do whose it is and what it counts.',
    access: 'owner',
    params,
    body: z
      .strictObject({
        ...limit,
        period: Budget.shape.period.optional(),
        timeZone: TimeZone.optional(),
        action: Budget.shape.action.optional(),
        alertPercents: AlertPercents.optional(),
      })
      .refine((body) => limitsIn(body) <= 1, limitError),
    answer: z.object({ level: BudgetLine }),
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
  deleteBudget: {
    method: 'DELETE',
    path: '/api/budgets/:id',
    tag,
    summary: 'Takes a budget away. The global one and those that came with a task stay.',
    access: 'owner',
    params,
    status: 204,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
})
