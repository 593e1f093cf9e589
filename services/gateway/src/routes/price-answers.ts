import { getPrices } from '@maestro/contracts/budget/budget-endpoints'
import { putPrices, removePriceOverride } from '@maestro/contracts/budget/price-endpoints'
import { inUsd } from '@maestro/contracts/gateway/in-usd'
import type { priceRoutes } from '@maestro/contracts/gateway/routes/price-routes'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

const microUsd = (text: string) => nanoUsdFromText(text) / 1_000

export const priceAnswers = ({ call }: { call: Call }): Answers<typeof priceRoutes> => ({
  getPrices: async ({ context }) => {
    const { items } = await call(getPrices, {}, context)
    return { items: items.map(({ rate, ...price }) => ({ ...price, rate: inUsd(rate) })) }
  },
  putPrice: ({ body, context }) => {
    const { provider, model, inputUsdPerMTok, cachedInputUsdPerMTok, outputUsdPerMTok } = body
    const rate = {
      provider,
      model,
      inputMicroUsdPerMTok: microUsd(inputUsdPerMTok),
      cachedInputMicroUsdPerMTok: microUsd(cachedInputUsdPerMTok ?? inputUsdPerMTok),
      outputMicroUsdPerMTok: microUsd(outputUsdPerMTok),
      longAboveTokens: null,
      longInputMicroUsdPerMTok: null,
      longCachedInputMicroUsdPerMTok: null,
      longOutputMicroUsdPerMTok: null,
    }
    const source = `set by ${context.actor.id}`
    const prices = [{ rate, outputTokensMax: body.outputTokensMax ?? null }]
    return call(putPrices, { origin: 'override', source, prices }, context)
  },
  removePrice: async ({ query, context }) => {
    await call(removePriceOverride, query, context)
  },
})
