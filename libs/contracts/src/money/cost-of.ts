import { z } from 'zod'
import { type NanoUsd, nanoUsd } from './nano-usd.ts'

/** What a provider counted for one attempt, in tokens. `cachedInputTokens` is part of `inputTokens`; `outputTokens` includes reasoning. */
export const Usage = z.object({
  inputTokens: z.int().nonnegative(),
  cachedInputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  reasoningTokens: z.int().nonnegative(),
})
export type Usage = z.infer<typeof Usage>

export const noUsage: Usage = {
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
}

/** Prices of one model, in micro-dollars per million tokens: the finest published price is an integer in this unit. */
export const Rate = z.object({
  provider: z.string(),
  model: z.string(),
  inputMicroUsdPerMTok: z.int().nonnegative(),
  cachedInputMicroUsdPerMTok: z.int().nonnegative(),
  outputMicroUsdPerMTok: z.int().nonnegative(),
  /** Above this many input tokens the whole request costs the long rates; null where there is no such step. */
  longAboveTokens: z.int().positive().nullable(),
  longInputMicroUsdPerMTok: z.int().nonnegative().nullable(),
  longCachedInputMicroUsdPerMTok: z.int().nonnegative().nullable(),
  longOutputMicroUsdPerMTok: z.int().nonnegative().nullable(),
})
export type Rate = z.infer<typeof Rate>

/** The price of what was used. Rounded up once, per attempt, so that a sum of attempts is never below the bill. */
export const costOf = (usage: Usage, rate: Rate): NanoUsd => {
  const long = rate.longAboveTokens !== null && usage.inputTokens > rate.longAboveTokens
  const input = long
    ? (rate.longInputMicroUsdPerMTok ?? rate.inputMicroUsdPerMTok)
    : rate.inputMicroUsdPerMTok
  const cached = long
    ? (rate.longCachedInputMicroUsdPerMTok ?? rate.cachedInputMicroUsdPerMTok)
    : rate.cachedInputMicroUsdPerMTok
  const output = long
    ? (rate.longOutputMicroUsdPerMTok ?? rate.outputMicroUsdPerMTok)
    : rate.outputMicroUsdPerMTok
  const cachedTokens = Math.min(usage.cachedInputTokens, usage.inputTokens)
  // Micro-dollars per million tokens times tokens is pico-dollars; 1,000 of them make a nano-dollar.
  const picoUsd =
    BigInt(usage.inputTokens - cachedTokens) * BigInt(input) +
    BigInt(cachedTokens) * BigInt(cached) +
    BigInt(usage.outputTokens) * BigInt(output)
  return nanoUsd(Number((picoUsd + 999n) / 1_000n))
}
