import type { GivenPrice } from '@maestro/contracts/budget/price-endpoints'
import type { ListingProvider } from '@maestro/contracts/llm/model-endpoints'
import type { ListedModel } from './listed-model.ts'

/**
 * The prices that a list names, as budget takes them. A price of nothing is none: it stands for what
 * is billed in another way, and would open every budget.
 */
export const publishedPrices = (
  provider: ListingProvider,
  models: readonly ListedModel[],
): GivenPrice[] =>
  models.flatMap(({ model, price, outputTokensMax }) => {
    if (price === null || (price.input === 0 && price.output === 0)) return []
    const rate = {
      provider,
      model,
      inputMicroUsdPerMTok: price.input,
      cachedInputMicroUsdPerMTok: price.cachedInput,
      outputMicroUsdPerMTok: price.output,
      longAboveTokens: null,
      longInputMicroUsdPerMTok: null,
      longCachedInputMicroUsdPerMTok: null,
      longOutputMicroUsdPerMTok: null,
    }
    return [{ rate, outputTokensMax }]
  })
