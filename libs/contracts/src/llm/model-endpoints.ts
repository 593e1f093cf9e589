import { z } from 'zod'
import { PriceOrigin } from '../budget/price-endpoints.ts'
import { endpoint } from '../endpoint.ts'
import { Rate } from '../money/cost-of.ts'
import { ProviderName } from './chat.ts'

/** Providers that list their models; rehearsal has none. */
export const ListingProvider = ProviderName.exclude(['rehearsal'], {
  error: 'groq, gemini and ollama list their models',
})
export type ListingProvider = z.infer<typeof ListingProvider>

export const ModelName = z
  .string()
  .regex(/^[\x21-\x7e]{1,120}$/, 'the name of a model is 1 to 120 visible ASCII characters')

const TokensMax = z.int().positive().max(100_000_000).nullable()

/** What the owner says of a model; null leaves it to what its provider says. */
export const ModelOverride = z.object({
  provider: ListingProvider,
  model: ModelName,
  contextTokensMax: TokensMax,
  outputTokensMax: TokensMax,
  /** Whether calls that name no model use it. One per provider. */
  isDefault: z.boolean(),
})
export type ModelOverride = z.infer<typeof ModelOverride>

export const ProviderModel = z.object({
  provider: ListingProvider,
  model: z.string(),
  /** Null: nobody says. */
  contextTokensMax: TokensMax,
  outputTokensMax: TokensMax,
  /** Some only embed, hear or speak. */
  canChat: z.boolean(),
  isDefault: z.boolean(),
  /** The owner has said something of it. */
  isOverridden: z.boolean(),
  /** When its provider listed it last; null: it does not. */
  listedAt: z.iso.datetime().nullable(),
  /** What it costs now; null: no price is known, so budget refuses it. */
  price: z
    .object({
      rate: Rate,
      origin: PriceOrigin,
      validFrom: z.iso.datetime(),
      validUntil: z.iso.datetime().nullable(),
      source: z.string(),
    })
    .nullable(),
})
export type ProviderModel = z.infer<typeof ProviderModel>

export const listModels = endpoint({
  service: 'llm-router',
  name: 'listModels',
  summary:
    'The models of the providers, as they list them, with what the owner says instead, and their prices.',
  input: z.object({ provider: ListingProvider.nullable() }),
  output: z.object({ items: z.array(ProviderModel) }),
  errors: [],
  timeoutMs: 5_000,
})

export const refreshModels = endpoint({
  service: 'llm-router',
  name: 'refreshModels',
  summary:
    'Asks the providers for their models now, and budget to take the prices that they publish.',
  input: z.object({ provider: ListingProvider.nullable() }),
  output: z.object({
    items: z.array(
      z.object({
        provider: ListingProvider,
        models: z.int().nonnegative(),
        /** Prices that were not in force already. */
        pricesChanged: z.int().nonnegative(),
        /** Why there is no new list, and what to do; what was listed before stays. Empty: all is well. */
        problem: z.string().max(500),
      }),
    ),
  }),
  errors: [],
  timeoutMs: 25_000,
})

export const putModelOverride = endpoint({
  service: 'llm-router',
  name: 'putModelOverride',
  summary: 'What the owner says of a model; it outlives every refresh.',
  input: ModelOverride,
  output: z.object({}),
  errors: ['NOT_FOUND'],
  timeoutMs: 3_000,
})
