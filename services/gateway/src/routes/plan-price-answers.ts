import { inUsd } from '@maestro/contracts/gateway/in-usd'
import type { planPriceRoutes } from '@maestro/contracts/gateway/routes/plan-price-routes'
import { pricePlan } from '@maestro/contracts/task/plan-price-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const planPriceAnswers = ({ call }: { call: Call }): Answers<typeof planPriceRoutes> => ({
  pricePlan: async ({ params, context }) => {
    const { version, steps, team, oneAgent } = await call(pricePlan, params, context)
    return { version, steps: steps.map(inUsd), team: inUsd(team), oneAgent: inUsd(oneAgent) }
  },
})
