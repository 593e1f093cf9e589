import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { Price } from './price.ts'

export type PriceBook = {
  /** The price of a model at a moment; null when none is known. */
  priceAt: (provider: ProviderName, model: string, at: Date) => Price | null
  /** Every price that may hold for it between two moments, both included. Empty: none is known. */
  pricesWithin: (provider: ProviderName, model: string, from: Date, until: Date) => readonly Price[]
  all: () => readonly Price[]
}

/** Some interfaces of Gemini name models by their path. */
const nameOf = (model: string) => model.replace(/^models\//, '')

export const createPriceBook = (prices: readonly Price[]): PriceBook => {
  const byModel = Map.groupBy(prices, ({ provider, model }) => `${provider} ${model}`)
  const pricesOf = (provider: ProviderName, model: string) =>
    byModel.get(`${provider} ${nameOf(model)}`) ?? byModel.get(`${provider} *`) ?? []
  return {
    priceAt: (provider, model, at) =>
      pricesOf(provider, model).find(
        ({ validFrom, validUntil }) => validFrom <= at && (validUntil === null || at < validUntil),
      ) ?? null,
    pricesWithin: (provider, model, from, until) =>
      pricesOf(provider, model).filter(
        ({ validFrom, validUntil }) =>
          validFrom <= until && (validUntil === null || from < validUntil),
      ),
    all: () => prices,
  }
}
