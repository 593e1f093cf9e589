import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { ProviderName } from '../llm/chat.ts'
import { Rate } from '../money/cost-of.ts'

/** Who says what a model costs. An owner's word goes before the provider's, and that before the file that ships. */
export const PriceOrigin = z.enum(['file', 'provider', 'override'])
export type PriceOrigin = z.infer<typeof PriceOrigin>

/** A price as it is put in: of one model, from now on. */
export const GivenPrice = z.object({
  rate: Rate.extend({ provider: ProviderName, model: z.string().min(1).max(120) }),
  /** The most tokens that one answer can have; null: whatever is asked for. */
  outputTokensMax: z.int().positive().nullable(),
})
export type GivenPrice = z.infer<typeof GivenPrice>

export const putPrices = endpoint({
  service: 'budget',
  name: 'putPrices',
  summary:
    'Prices that hold from now on: as a provider publishes them, until the next announced change; or as the owner sets them, until taken back.',
  input: z.object({
    origin: PriceOrigin.exclude(['file']),
    /** Where it is written, for people. */
    source: z.string().min(1).max(200),
    prices: z.array(GivenPrice).max(2_000),
  }),
  output: z.object({
    /** How many were not in force already. */
    changed: z.int().nonnegative(),
  }),
  errors: [],
  timeoutMs: 5_000,
})

export const removePriceOverride = endpoint({
  service: 'budget',
  name: 'removePriceOverride',
  summary: 'The owner’s price of a model holds no longer; what it was for stays booked.',
  input: z.object({ provider: ProviderName, model: z.string().max(120) }),
  output: z.object({}),
  errors: ['NOT_FOUND'],
  timeoutMs: 3_000,
})
