import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { Rate } from '@maestro/contracts/money/cost-of'
import type { Price } from './price.ts'

// What the providers publish, as known on 2026-11-22: text, paid standard tier. Micro-dollars per million tokens.
// Sources give days, not hours or time zones; a day begins at midnight UTC here.

type Cost = {
  input: number
  output: number
  /** Left out: no discount. */
  cachedInput?: number
  /** Above so many input tokens the whole request costs these. */
  long?: { aboveTokens: number; input: number; output: number; cachedInput: number }
}

type Model = {
  provider: ProviderName
  model: string
  cost: Cost
  outputTokensMax: number | null
  source: string
  /** Announced changes, the earliest first. */
  later?: readonly { from: string; cost: Cost }[]
  /** From this day on another model answers, and is billed. */
  rerouted?: { from: string; to: string; source: string }
}

/** The first known price also holds for whatever was before. */
const always = '2020-01-01'
const day = (date: string) => new Date(`${date}T00:00:00.000Z`)

const free: Cost = { input: 0, output: 0 }
const gptOss20b: Cost = { input: 75_000, output: 300_000, cachedInput: 37_500 }
const flash: Cost = { input: 750_000, output: 3_750_000, cachedInput: 75_000 }
const flashFrom2027 = [
  { from: '2027-01-01', cost: { input: 1_500_000, output: 7_500_000, cachedInput: 150_000 } },
]

const models: readonly Model[] = [
  {
    provider: 'groq',
    model: 'openai/gpt-oss-120b',
    cost: { input: 150_000, output: 600_000, cachedInput: 75_000 },
    outputTokensMax: 65_536,
    source: 'litellm-cost-map, genai-prices, braintrust-proxy#566',
  },
  {
    provider: 'groq',
    model: 'openai/gpt-oss-20b',
    cost: gptOss20b,
    // One catalogue says 32,768, Groq's own page says 65,536 of its sibling: a bound takes the larger one.
    outputTokensMax: 65_536,
    source: 'litellm-cost-map, genai-prices',
  },
  {
    provider: 'groq',
    model: 'openai/gpt-oss-safeguard-20b',
    cost: { ...gptOss20b, cachedInput: 37_000 },
    outputTokensMax: 65_536,
    source: 'litellm-cost-map',
  },
  {
    provider: 'groq',
    model: 'qwen/qwen3.6-27b',
    cost: { input: 600_000, output: 3_000_000, cachedInput: 300_000 },
    outputTokensMax: 16_384,
    source: 'models.dev#3761, braintrust-proxy#1073',
  },
  {
    provider: 'groq',
    model: 'qwen/qwen3.8-27b',
    cost: { input: 800_000, output: 4_000_000, cachedInput: 400_000 },
    outputTokensMax: 16_384,
    source: 'models.dev#5742, timbal#166',
  },
  // Retired models answer 404 to most accounts; where they still answer, they still cost.
  {
    provider: 'groq',
    model: 'llama-3.3-70b-versatile',
    cost: { input: 590_000, output: 790_000 },
    outputTokensMax: 32_768,
    source: 'litellm-cost-map, genai-prices; retired 2026-08-16',
  },
  {
    provider: 'groq',
    model: 'llama-3.1-8b-instant',
    cost: { input: 50_000, output: 80_000 },
    outputTokensMax: 8_192,
    source: 'litellm-cost-map, genai-prices; retired 2026-08-16',
  },
  {
    provider: 'groq',
    model: 'meta-llama/llama-4-scout-17b-16e-instruct',
    cost: { input: 110_000, output: 340_000 },
    outputTokensMax: 8_192,
    source: 'litellm-cost-map, genai-prices; retired 2026-07-17',
  },
  {
    provider: 'groq',
    model: 'qwen/qwen3-32b',
    cost: { input: 290_000, output: 590_000 },
    outputTokensMax: 131_000,
    source: 'litellm-cost-map, genai-prices; retired 2026-07-17',
  },
  {
    provider: 'groq',
    model: 'meta-llama/llama-4-maverick-17b-128e-instruct',
    cost: { input: 200_000, output: 600_000 },
    outputTokensMax: 8_192,
    source: 'litellm-cost-map, genai-prices; not verified',
  },
  {
    provider: 'groq',
    model: 'moonshotai/kimi-k2-instruct-0905',
    cost: { input: 1_000_000, output: 3_000_000, cachedInput: 500_000 },
    outputTokensMax: 16_384,
    source: 'litellm-cost-map, genai-prices; not verified',
  },
  {
    provider: 'gemini',
    model: 'gemini-4-argon',
    cost: { input: 2_000_000, output: 10_000_000, cachedInput: 100_000 },
    later: [
      { from: '2026-12-01', cost: { input: 4_000_000, output: 20_000_000, cachedInput: 200_000 } },
    ],
    // 65,536 is what Google recommends; its long decode goes up to the whole window.
    outputTokensMax: 1_048_576,
    source: 'ai.google.dev latest-model page, litellm discussion 46238, TokenMeter v0.13.1',
  },
  {
    provider: 'gemini',
    model: 'gemini-3.8-flash',
    cost: flash,
    later: flashFrom2027,
    outputTokensMax: 65_536,
    source: 'genai-prices, litellm discussion 39357',
  },
  {
    provider: 'gemini',
    model: 'gemini-3.7-flash',
    cost: flash,
    later: flashFrom2027,
    outputTokensMax: 65_536,
    source: 'genai-prices',
  },
  {
    provider: 'gemini',
    model: 'gemini-3.6-flash',
    cost: flash,
    later: flashFrom2027,
    outputTokensMax: 65_536,
    source: 'genai-prices',
  },
  {
    provider: 'gemini',
    model: 'gemini-3.5-flash',
    cost: { input: 1_500_000, output: 9_000_000, cachedInput: 150_000 },
    outputTokensMax: 65_535,
    source: 'litellm-cost-map, genai-prices',
  },
  {
    provider: 'gemini',
    model: 'gemini-3.5-flash-lite',
    cost: { input: 300_000, output: 2_500_000, cachedInput: 30_000 },
    outputTokensMax: 65_536,
    source: 'genai-prices, sim#5812',
  },
  {
    provider: 'gemini',
    model: 'gemini-3.1-pro-preview',
    cost: {
      input: 2_000_000,
      output: 12_000_000,
      cachedInput: 200_000,
      long: { aboveTokens: 200_000, input: 4_000_000, output: 18_000_000, cachedInput: 400_000 },
    },
    outputTokensMax: 65_536,
    source: 'litellm-cost-map, genai-prices',
  },
  {
    provider: 'gemini',
    model: 'gemini-3.1-flash-lite',
    cost: { input: 250_000, output: 1_500_000, cachedInput: 25_000 },
    outputTokensMax: 65_536,
    source: 'litellm-cost-map, genai-prices; ends 2027-05-07',
  },
  {
    provider: 'gemini',
    model: 'gemini-3-flash-preview',
    cost: { input: 500_000, output: 3_000_000, cachedInput: 50_000 },
    outputTokensMax: 65_535,
    source: 'litellm-cost-map, genai-prices',
  },
  {
    provider: 'gemini',
    model: 'gemini-2.5-pro',
    cost: {
      input: 1_250_000,
      output: 10_000_000,
      cachedInput: 125_000,
      long: { aboveTokens: 200_000, input: 2_500_000, output: 15_000_000, cachedInput: 250_000 },
    },
    outputTokensMax: 65_535,
    source: 'litellm-cost-map, genai-prices',
    rerouted: { from: '2026-12-01', to: 'gemini-3.8-flash', source: 'aideprecations.com' },
  },
  {
    provider: 'gemini',
    model: 'gemini-2.5-flash',
    cost: { input: 300_000, output: 2_500_000, cachedInput: 30_000 },
    outputTokensMax: 65_535,
    source: 'genai-prices',
    rerouted: { from: '2026-12-01', to: 'gemini-3.5-flash-lite', source: 'aideprecations.com' },
  },
  {
    provider: 'gemini',
    model: 'gemini-2.5-flash-lite',
    cost: { input: 100_000, output: 400_000, cachedInput: 10_000 },
    outputTokensMax: 65_535,
    source: 'litellm-cost-map, genai-prices',
  },
  {
    provider: 'gemini',
    model: 'gemini-embedding-001',
    cost: { input: 150_000, output: 0 },
    outputTokensMax: null,
    source: 'developers.googleblog.com (gemini-embedding-available-gemini-api), opencode.ai/data',
  },
  {
    provider: 'ollama',
    model: '*',
    cost: free,
    outputTokensMax: null,
    source: 'runs on the owner’s machine',
  },
  {
    provider: 'rehearsal',
    model: '*',
    cost: free,
    outputTokensMax: null,
    source: 'answers without a model',
  },
]

const rateOf = (provider: string, model: string, cost: Cost): Rate => ({
  provider,
  model,
  inputMicroUsdPerMTok: cost.input,
  cachedInputMicroUsdPerMTok: cost.cachedInput ?? cost.input,
  outputMicroUsdPerMTok: cost.output,
  longAboveTokens: cost.long?.aboveTokens ?? null,
  longInputMicroUsdPerMTok: cost.long?.input ?? null,
  longCachedInputMicroUsdPerMTok: cost.long?.cachedInput ?? null,
  longOutputMicroUsdPerMTok: cost.long?.output ?? null,
})

/** The prices of one model by its own name, without what is answered by another. */
const ownPrices = ({
  provider,
  model,
  cost,
  outputTokensMax,
  source,
  later = [],
}: Model): Price[] => {
  const steps = [{ from: always, cost }, ...later]
  return steps.map((step, index) => {
    const next = steps[index + 1]
    return {
      provider,
      model,
      origin: 'file',
      rate: rateOf(provider, model, step.cost),
      outputTokensMax,
      validFrom: day(step.from),
      validUntil: next === undefined ? null : day(next.from),
      source,
    }
  })
}

const until = (price: Price, end: Date): Price[] => {
  if (price.validFrom >= end) return []
  const endsBefore = price.validUntil !== null && price.validUntil <= end
  return [endsBefore ? price : { ...price, validUntil: end }]
}

const since = (price: Price, start: Date): Price[] => {
  if (price.validUntil !== null && price.validUntil <= start) return []
  return [price.validFrom >= start ? price : { ...price, validFrom: start }]
}

const pricesOf = (model: Model): Price[] => {
  const { rerouted } = model
  if (rerouted === undefined) return ownPrices(model)
  const target = models.find(
    (other) => other.provider === model.provider && other.model === rerouted.to,
  )
  if (target === undefined) throw new Error(`${model.model} is rerouted to an unknown model`)
  const start = day(rerouted.from)
  return [
    ...ownPrices(model).flatMap((price) => until(price, start)),
    ...ownPrices(target)
      .flatMap((price) => since(price, start))
      .map((price) => ({
        ...price,
        model: model.model,
        rate: { ...price.rate, model: model.model },
        source: `answered and billed as ${rerouted.to} (${rerouted.source})`,
      })),
  ]
}

/** Every price that this version knows. Intervals of one model never overlap and leave no gap. */
export const priceTable: readonly Price[] = models.flatMap(pricesOf)
