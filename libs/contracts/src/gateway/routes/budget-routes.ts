import { z } from 'zod'
import { BudgetLevel, getPrices } from '../../budget/budget-endpoints.ts'
import { TaskId } from '../../ids.ts'
import { Rate } from '../../money/cost-of.ts'
import { UsdText } from '../../money/nano-usd.ts'
import { httpRoutesOf } from '../http-route.ts'

const tag = 'costs'

/** A budget's window with its money as decimal text. */
export const BudgetLine = BudgetLevel.omit({
  limitNanoUsd: true,
  settledNanoUsd: true,
  reservedNanoUsd: true,
}).extend({ limitUsd: UsdText, settledUsd: UsdText, reservedUsd: UsdText })
export type BudgetLine = z.infer<typeof BudgetLine>

/** Dollars per million tokens. */
const RateLine = Rate.pick({ provider: true, model: true, longAboveTokens: true }).extend({
  inputUsdPerMTok: UsdText,
  cachedInputUsdPerMTok: UsdText,
  outputUsdPerMTok: UsdText,
  longInputUsdPerMTok: UsdText.nullable(),
  longCachedInputUsdPerMTok: UsdText.nullable(),
  longOutputUsdPerMTok: UsdText.nullable(),
})

export const PriceLine = getPrices.output.shape.items.element.extend({ rate: RateLine })
export type PriceLine = z.infer<typeof PriceLine>

export const budgetRoutes = httpRoutesOf({
  getBudgets: {
    method: 'GET',
    path: '/api/budgets',
    tag,
    summary: 'The global budget, and a task’s where one is named.',
    access: 'owner',
    query: z.strictObject({ taskId: TaskId.optional() }),
    answer: z.object({ items: z.array(BudgetLine) }),
    status: 200,
    keyed: false,
    errors: [],
  },
  setGlobalBudget: {
    method: 'PUT',
    path: '/api/budgets/global',
    tag,
    summary: 'Changes the limit that holds over everything, from now on.',
    access: 'owner',
    body: z.strictObject({ limitUsd: UsdText, period: BudgetLevel.shape.period }),
    answer: z.object({ level: BudgetLine }),
    status: 200,
    keyed: false,
    errors: [],
  },
  getPrices: {
    method: 'GET',
    path: '/api/prices',
    tag,
    summary: 'The price table, with the dates from and until which each price holds.',
    access: 'owner',
    answer: z.object({ items: z.array(PriceLine) }),
    status: 200,
    keyed: false,
    errors: [],
  },
})
