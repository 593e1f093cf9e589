import { getBudgets, getPrices, setGlobalLimit } from '@maestro/contracts/budget/budget-endpoints'
import { inUsd } from '@maestro/contracts/gateway/in-usd'
import type { budgetRoutes } from '@maestro/contracts/gateway/routes/budget-routes'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const budgetAnswers = ({ call }: { call: Call }): Answers<typeof budgetRoutes> => ({
  getBudgets: async ({ query, context }) => {
    const { items } = await call(getBudgets, { taskId: query.taskId ?? null }, context)
    return { items: items.map(inUsd) }
  },
  setGlobalBudget: async ({ body: { limitUsd, period }, context }) => {
    const limitNanoUsd = nanoUsdFromText(limitUsd)
    const { level } = await call(setGlobalLimit, { limitNanoUsd, period }, context)
    return { level: inUsd(level) }
  },
  getPrices: async ({ context }) => {
    const { items } = await call(getPrices, {}, context)
    return { items: items.map(({ rate, ...price }) => ({ ...price, rate: inUsd(rate) })) }
  },
})
