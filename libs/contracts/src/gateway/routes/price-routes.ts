import { z } from 'zod'
import { getPrices } from '../../budget/budget-endpoints.ts'
import { ProviderName } from '../../llm/chat.ts'
import { Rate } from '../../money/cost-of.ts'
import { UsdText } from '../../money/nano-usd.ts'
import { httpRoutesOf } from '../http-route.ts'

const tag = 'costs'
const Of = z.strictObject({ provider: ProviderName, model: z.string().min(1).max(120) })

/** Dollars per million tokens, in whole micro-dollars: a token of it is a whole number of pico-dollars. */
const PerMTok = UsdText.refine(
  (text) => /^\d+(\.\d{1,6})?$/.test(text) && Number(text) <= 1_000_000,
  'at most 6 decimals, and at most 1000000 dollars per million tokens',
)

/** Dollars per million tokens. */
const RateLine = Rate.pick({ provider: true, model: true, longAboveTokens: true }).extend({
  inputUsdPerMTok: UsdText,
  cachedInputUsdPerMTok: UsdText,
  outputUsdPerMTok: UsdText,
  longInputUsdPerMTok: UsdText.nullable(),
  longCachedInputUsdPerMTok: UsdText.nullable(),
  longOutputUsdPerMTok: UsdText.nullable(),
})

export const PriceLine = getPrices.output.shape.items.element.extend({ rate: RateLine })
export type PriceLine = z.infer<typeof PriceLine>

export const priceRoutes = httpRoutesOf({
  getPrices: {
    method: 'GET',
    path: '/api/prices',
    tag,
    summary: 'The price table, with the dates from and until which each price holds.',
    access: 'owner',
    answer: z.object({ items: z.array(PriceLine) }),
    status: 200,
    keyed: false,
    errors: [],
  },
  putPrice: {
    method: 'PUT',
    path: '/api/prices',
    tag,
    summary: 'Sets the price of a model from now on, before what its provider or our file says.',
    access: 'owner',
    body: z.strictObject({
      ...Of.shape,
      inputUsdPerMTok: PerMTok,
      /** Left out: cached tokens cost as much as others. */
      cachedInputUsdPerMTok: PerMTok.optional(),
      outputUsdPerMTok: PerMTok,
      /** The most tokens that one answer can have; left out: whatever is asked for. */
      outputTokensMax: z.int().positive().max(10_000_000).optional(),
    }),
    answer: z.object({ changed: z.int() }),
    status: 200,
    keyed: false,
    errors: [],
  },
  removePrice: {
    method: 'DELETE',
    path: '/api/prices',
    tag,
    summary: 'Takes the owner’s price of a model back; what was billed by it stays.',
    access: 'owner',
    query: Of,
    status: 204,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
})
