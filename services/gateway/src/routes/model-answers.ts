import { inUsd } from '@maestro/contracts/gateway/in-usd'
import type { modelRoutes } from '@maestro/contracts/gateway/routes/model-routes'
import { listModels, putModelOverride, refreshModels } from '@maestro/contracts/llm/model-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const modelAnswers = ({ call }: { call: Call }): Answers<typeof modelRoutes> => ({
  listModels: async ({ query, context }) => {
    const { items } = await call(listModels, { provider: query.provider ?? null }, context)
    return {
      items: items.map(({ price, ...model }) => ({
        ...model,
        price: price === null ? null : { ...price, rate: inUsd(price.rate) },
      })),
    }
  },
  refreshModels: ({ query, context }) =>
    call(refreshModels, { provider: query.provider ?? null }, context),
  putModelOverride: async ({ body, context }) => {
    await call(putModelOverride, body, context)
  },
})
