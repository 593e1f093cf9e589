import { z } from 'zod'
import { TimeZone } from '../../budget/budget.ts'
import {
  CostFigures,
  CostGrouping,
  CostKey,
  CostLine,
  listCosts,
} from '../../budget/cost-endpoints.ts'
import {
  EstimateLine,
  EstimateTotal,
  estimateTask,
  getEstimate,
} from '../../budget/estimate-endpoints.ts'
import { listSuggestions, Suggestion } from '../../budget/suggestion-endpoints.ts'
import { TaskId } from '../../ids.ts'
import { UsdText } from '../../money/nano-usd.ts'
import { httpRoutesOf } from '../http-route.ts'
import { HttpNewTask, newTaskBodyBytesMax } from '../http-task.ts'
import { QueryLimit } from '../query-values.ts'

const tag = 'costs'
const asked = listCosts.input.shape

const keyList = CostKey.options.join(', ')
const namesOf = (text: string): CostKey[] | null => {
  const names = z.array(CostKey).safeParse(text.split(','))
  return names.success ? names.data : null
}

/** `model` or `model,day`. */
const By = z
  .string()
  .max(100)
  .refine((text) => namesOf(text) !== null, `name one or two of: ${keyList}`)
  .transform((text) => namesOf(text) ?? [])
  .pipe(CostGrouping)

const what = {
  from: asked.from.unwrap().optional(),
  to: asked.to.unwrap().optional(),
  timeZone: TimeZone.default('UTC'),
  by: By.default(['day']),
  provider: asked.provider.unwrap().optional(),
  model: asked.model.unwrap().optional(),
  agentId: asked.agentId.unwrap().optional(),
  taskId: asked.taskId.unwrap().optional(),
  userId: asked.userId.unwrap().optional(),
  purpose: asked.purpose.unwrap().optional(),
}

const money = { costNanoUsd: true, estimatedNanoUsd: true } as const
const moneyOutside = { costUsd: UsdText, estimatedUsd: UsdText }

const priced = { expectedNanoUsd: true, worstNanoUsd: true } as const
const pricedOutside = { expectedUsd: UsdText.nullable(), worstUsd: UsdText.nullable() }
const EstimateOutside = {
  lines: z.array(EstimateLine.omit(priced).extend(pricedOutside)),
  total: EstimateTotal.omit(priced).extend(pricedOutside),
}

export const costRoutes = httpRoutesOf({
  listCosts: {
    method: 'GET',
    path: '/api/costs',
    tag,
    summary:
      'What was spent from a moment or day until another (left out: the last 30 days), by the ledger, grouped by one or two keys. Attempts count when they were reserved, as they do in budgets.',
    access: 'owner',
    query: z.strictObject({
      ...what,
      order: asked.order.default('key'),
      cursor: asked.cursor.unwrap().optional(),
      limit: QueryLimit,
    }),
    answer: z.object({
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      items: z.array(CostLine.omit(money).extend(moneyOutside)),
      nextCursor: z.string().nullable(),
      /** Of all lines, also of those on other pages. */
      total: CostFigures.omit(money).extend({ ...moneyOutside, lines: z.int().nonnegative() }),
    }),
    status: 200,
    keyed: false,
    errors: [],
  },
  exportCosts: {
    method: 'GET',
    path: '/api/costs.csv',
    tag,
    summary: 'The same as CSV, all lines of it: at most 100,000.',
    access: 'owner',
    query: z.strictObject(what),
    files: ['text/csv'],
    status: 200,
    keyed: false,
    errors: [],
  },
  estimateTask: {
    method: 'POST',
    path: '/api/costs/estimate',
    tag,
    summary:
      'What a task would cost, line by line: expected by what such work used before, at worst by what code allows. Makes nothing.',
    access: 'owner',
    body: HttpNewTask.pick({ options: true, plan: true }),
    bodyBytesMax: newTaskBodyBytesMax,
    answer: z.object({ ...EstimateOutside, past: estimateTask.output.shape.past }),
    status: 200,
    keyed: false,
    errors: ['PLAN_INVALID'],
  },
  getEstimate: {
    method: 'GET',
    path: '/api/costs/estimates/:taskId',
    tag,
    summary:
      'What was expected of a task when its plan stood; once it has ended, what its steps cost and how far that was off.',
    access: 'owner',
    params: z.object({ taskId: TaskId }),
    answer: getEstimate.output
      .omit({ lines: true, total: true, actualNanoUsd: true })
      .extend({ ...EstimateOutside, actualUsd: UsdText.nullable() }),
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
  listSuggestions: {
    method: 'GET',
    path: '/api/costs/suggestions',
    tag,
    summary:
      'What would save money, by what was really used (left out: the last 30 days; at most 31): the cache for what is asked again, a cheaper model that does as well, prompts that repeat, budgets that bound nothing.',
    access: 'owner',
    query: z.strictObject({ from: what.from, to: what.to, timeZone: what.timeZone }),
    answer: listSuggestions.output.extend({
      items: z.array(Suggestion.omit({ savingNanoUsd: true }).extend({ savingUsd: UsdText })),
    }),
    status: 200,
    keyed: false,
    errors: [],
  },
})
