import type {
  ListingProvider,
  ModelOverride,
  ProviderModel,
} from '@maestro/contracts/llm/model-endpoints'
import type { ModelRow } from './model-rows.ts'

type PriceOf = (provider: ListingProvider, model: string) => ProviderModel['price']

/** What providers list, with what the owner says instead, and what the configuration or the owner uses by default. */
export const describeModels = ({
  listed,
  overrides,
  defaultOf,
  priceOf,
}: {
  listed: readonly ModelRow[]
  overrides: readonly ModelOverride[]
  defaultOf: (provider: ListingProvider) => string
  priceOf: PriceOf
}): ProviderModel[] => {
  const keyOf = ({ provider, model }: { provider: string; model: string }) => `${provider} ${model}`
  const rows = new Map(listed.map((row) => [keyOf(row), row]))
  const said = new Map(overrides.map((override) => [keyOf(override), override]))
  const known = new Map(
    [...said, ...rows].map(([key, { provider, model }]) => [key, { provider, model }]),
  )
  return [...known]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, { provider, model }]) => {
      const row = rows.get(key)
      const override = said.get(key)
      return {
        provider,
        model,
        contextTokensMax: override?.contextTokensMax ?? row?.contextTokensMax ?? null,
        outputTokensMax: override?.outputTokensMax ?? row?.outputTokensMax ?? null,
        canChat: row?.canChat ?? true,
        isDefault: defaultOf(provider) === model,
        isOverridden: override !== undefined,
        listedAt: row?.listedAt.toISOString() ?? null,
        price: priceOf(provider, model),
      }
    })
}
