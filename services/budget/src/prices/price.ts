import type { PriceOrigin } from '@maestro/contracts/budget/price-endpoints'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { Rate } from '@maestro/contracts/money/cost-of'

/** What one model costs from one moment until another. */
export type Price = {
  provider: ProviderName
  /** As it is asked for; `*`: every model of the provider that has no price of its own. */
  model: string
  /** Who says so. */
  origin: PriceOrigin
  rate: Rate
  /** The most tokens that one answer can have, reasoning included; null: whatever is asked for. */
  outputTokensMax: number | null
  validFrom: Date
  /** The first moment at which it holds no more. */
  validUntil: Date | null
  source: string
}
