import type { Suggestion } from '@maestro/contracts/budget/suggestion-endpoints'
import type { CallUse } from '@maestro/contracts/llm/call-use-endpoints'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { Price } from '../prices/price.ts'
import { targetOf } from './suggestion-target.ts'

/** Providers keep shorter prefixes for nobody. */
const promptTokensMin = 1_024
const callsMin = 10
/** What shortening a prompt is counted with. */
const shorterShare = 0.1
const picoUsdPerNanoUsd = 1_000

export type PromptUse = CallUse['prompts'][number] & { readonly price: Price | null }

/** Long prompts that are the same from call to call: to be read from the provider's cache, or to be shorter. */
export const suggestPrompts = (prompts: readonly PromptUse[]): Suggestion[] =>
  prompts.flatMap((use) => {
    const { purpose, provider, model, calls, promptBytes, inputBytes, inputTokens } = use
    if (use.price === null || calls < callsMin || inputBytes === 0) return []
    // Nobody counts the prompt alone: its share of the bytes stands for its share of the tokens.
    const share = Math.min(1, (promptBytes * calls) / inputBytes)
    const tokens = Math.floor((inputTokens / calls) * share)
    if (tokens < promptTokensMin) return []
    const { inputMicroUsdPerMTok, cachedInputMicroUsdPerMTok } = use.price.rate
    const discount = inputMicroUsdPerMTok - cachedInputMicroUsdPerMTok
    // The first call has to read it; what was read from the cache already is saved already.
    const uncached = Math.max(0, tokens * (calls - 1) - use.cachedInputTokens)
    const byCache = Math.floor((uncached * discount) / picoUsdPerNanoUsd)
    const byLength = Math.floor(
      (tokens * calls * shorterShare * inputMicroUsdPerMTok) / picoUsdPerNanoUsd,
    )
    const isCacheable = discount > 0
    const saving = isCacheable ? byCache : byLength
    if (saving <= 0) return []
    const seen = { callIds: use.callIds, taskIds: use.taskIds }
    return {
      kind: 'prompt',
      what: isCacheable
        ? `Have ${provider} keep this prompt: ${model} reads what it has read before for less. Keep tools and system prompt the same to the byte, and calls close together.`
        : `Shorten this prompt: ${model} gives nothing for what it has read before.`,
      why: `${calls} calls (${purpose}) began with the same tools and system prompt of about ${tokens} tokens; ${use.cachedInputTokens} of all ${inputTokens} input tokens came from the provider’s cache.`,
      savingNanoUsd: nanoUsd(saving),
      how: isCacheable
        ? 'The prompt’s share of the bytes times the input tokens that were counted, for all calls but the first, less what was cached already, at the difference of the two prices.'
        : 'If it were a tenth shorter: a tenth of its share of the bytes times the input tokens that were counted, at the price of input.',
      target: targetOf({ purpose, provider, model, ...seen }),
    }
  })
