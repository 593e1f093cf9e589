import { costOf, type Rate } from '@maestro/contracts/money/cost-of'
import type { Price } from '../prices/price.ts'
import type { Amount } from './amount.ts'

/**
 * Tokens that a provider counts beside the bytes of the request: the frame of its chat template
 * around every message and tool, its own preface. A template adds a few tokens to a message whose
 * JSON frame alone is over 20 bytes, which count as tokens here already; what is left is a constant,
 * and 2,048 is several times the largest preface known.
 */
const overheadTokens = 2_048

/** The dearest reading of a price: no cache discount, and the long rates wherever they may apply. */
export const ceilingOf = (rate: Rate, inputTokensMax: number): Rate => {
  const mayBeLong = rate.longAboveTokens !== null && inputTokensMax > rate.longAboveTokens
  const input = Math.max(
    rate.inputMicroUsdPerMTok,
    rate.cachedInputMicroUsdPerMTok,
    mayBeLong ? (rate.longInputMicroUsdPerMTok ?? 0) : 0,
    mayBeLong ? (rate.longCachedInputMicroUsdPerMTok ?? 0) : 0,
  )
  const output = Math.max(
    rate.outputMicroUsdPerMTok,
    mayBeLong ? (rate.longOutputMicroUsdPerMTok ?? 0) : 0,
  )
  return {
    ...rate,
    inputMicroUsdPerMTok: input,
    cachedInputMicroUsdPerMTok: input,
    outputMicroUsdPerMTok: output,
    longAboveTokens: null,
  }
}

/** The most that a request can use, and cost at any of the prices that may be billed for it (I6). */
export const holdingOf = (
  { inputBytes, outputTokensMax }: { inputBytes: number; outputTokensMax: number },
  prices: readonly Price[],
): Amount => {
  const inputTokensMax = inputBytes + overheadTokens
  const amounts = prices.map((price) => {
    // No answer is longer than the model can make it, whatever the request says.
    const outputTokens = Math.min(outputTokensMax, price.outputTokensMax ?? outputTokensMax)
    const usage = {
      inputTokens: inputTokensMax,
      cachedInputTokens: 0,
      outputTokens,
      reasoningTokens: 0,
    }
    const nanoUsd = costOf(usage, ceilingOf(price.rate, inputTokensMax))
    return { nanoUsd, tokens: inputTokensMax + outputTokens }
  })
  return {
    nanoUsd: Math.max(0, ...amounts.map(({ nanoUsd }) => nanoUsd)),
    tokens: Math.max(0, ...amounts.map(({ tokens }) => tokens)),
  }
}
