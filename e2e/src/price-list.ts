import { PriceLine } from '@maestro/contracts/gateway/routes/price-routes'
import type { Usage } from '@maestro/contracts/money/cost-of'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { z } from 'zod'
import type { HttpClient } from './http-client.ts'

const Prices = z.object({ items: z.array(PriceLine) })

/** What an answer costs by the published price table, reckoned here and not by the code that bills. In nano-dollars. */
export const readPriceList = async (client: HttpClient, now: Date) => {
  const { items } = Prices.parse(await client.ask('/api/prices'))
  return (provider: string, model: string, usage: Usage): number => {
    const price = items.find(
      ({ rate, validFrom, validUntil }) =>
        rate.provider === provider &&
        (rate.model === model || rate.model === '*') &&
        new Date(validFrom) <= now &&
        (validUntil === null || now < new Date(validUntil)),
    )
    if (!price) throw new Error(`${provider} ${model} has no price`)
    const { inputUsdPerMTok, cachedInputUsdPerMTok, outputUsdPerMTok } = price.rate
    // A dollar per million tokens is 1,000 nano-dollars a token.
    const perMillion = (tokens: number, usdPerMTok: string) => tokens * nanoUsdFromText(usdPerMTok)
    const total =
      perMillion(usage.inputTokens - usage.cachedInputTokens, inputUsdPerMTok) +
      perMillion(usage.cachedInputTokens, cachedInputUsdPerMTok) +
      perMillion(usage.outputTokens, outputUsdPerMTok)
    return Math.ceil(total / 1_000_000)
  }
}
