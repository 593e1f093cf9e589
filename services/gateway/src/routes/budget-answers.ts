import { BudgetId } from '@maestro/contracts/budget/budget'
import {
  deleteBudget,
  getBudget,
  getBudgets,
  listBudgets,
  putBudget,
} from '@maestro/contracts/budget/limit-endpoints'
import type { budgetRoutes } from '@maestro/contracts/gateway/routes/budget-routes'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'
import { budgetLineOf, projectionLineOf } from './budget-line.ts'

export const budgetAnswers = ({ call }: { call: Call }): Answers<typeof budgetRoutes> => ({
  getBudgets: async ({ query: { taskId, scope, id, after, limit }, context }) => {
    const { items, next } =
      taskId === undefined
        ? await call(
            listBudgets,
            { scope: scope ?? null, id: id ?? null, after: after ?? null, limit },
            context,
          )
        : { ...(await call(getBudgets, { taskId }, context)), next: null }
    return { items: items.map(budgetLineOf), next }
  },
  getBudget: async ({ params, context }) => {
    const { level, projection } = await call(getBudget, { budgetId: params.id }, context)
    return { level: budgetLineOf(level), projection: projectionLineOf(level.unit, projection) }
  },
  createBudget: async ({ body: { limitUsd, limitTokens, ...body }, taskId, context }) => {
    // The token of the request: the same when it is sent again under its key, so that one budget is made.
    const budgetId = BudgetId.parse(taskId.replace('task_', 'bdg_'))
    const { level } = await call(
      putBudget,
      { ...body, ...limitOf(limitUsd, limitTokens), budgetId },
      context,
    )
    return { level: budgetLineOf(level) }
  },
  changeBudget: async ({ params, body: { limitUsd, limitTokens, ...body }, context }) => {
    const { level: before } = await call(getBudget, { budgetId: params.id }, context)
    const isChanged = limitUsd !== undefined || limitTokens !== undefined
    const next = {
      ...before,
      ...withoutGaps(body),
      ...(isChanged ? limitOf(limitUsd, limitTokens) : {}),
    }
    const { level } = await call(putBudget, next, context)
    return { level: budgetLineOf(level) }
  },
  deleteBudget: async ({ params, context }, reply) => {
    await call(deleteBudget, { budgetId: params.id }, context)
    return reply.send()
  },
})

const limitOf = (limitUsd: string | undefined, limitTokens: number | undefined) =>
  limitUsd === undefined
    ? { unit: 'tokens' as const, limit: limitTokens ?? 0 }
    : { unit: 'nano-usd' as const, limit: nanoUsdFromText(limitUsd) }

type Given<Value> = { [Name in keyof Value]?: Exclude<Value[Name], undefined> }

/** Without what was left out, so that it does not cover what is there. */
const withoutGaps = <Value extends object>(value: Value): Given<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Given<Value>
