import { estimateInputTokens } from '../providers/estimate-usage.ts'
import type { ChatRequest } from '../providers/provider-adapter.ts'
import type { ModelBounds } from './model-bounds.ts'

/** The estimate is on the high side: what is beyond a limit by half is beyond it for sure. */
const sureFactor = 1.5
/** Where the estimate leaves nothing for an answer it is too high, or the provider refuses by itself. */
const outputTokensLeast = 256

export type FittedRequest = { fits: true; request: ChatRequest } | { fits: false; reason: string }

/** A request as a model can take it: asked for no longer an answer than it gives, and not sent where it cannot be read. */
export const fitRequest = (
  request: ChatRequest,
  { contextTokensMax, outputTokensMax }: ModelBounds,
): FittedRequest => {
  const outputMax = Math.min(request.outputTokensMax, outputTokensMax ?? request.outputTokensMax)
  if (contextTokensMax === null)
    return { fits: true, request: { ...request, outputTokensMax: outputMax } }
  const inputTokens = estimateInputTokens(request)
  if (inputTokens > contextTokensMax * sureFactor)
    return {
      fits: false,
      reason: `The prompt has about ${inputTokens} tokens; ${request.model} reads at most ${contextTokensMax}.`,
    }
  const left = Math.max(contextTokensMax - inputTokens, outputTokensLeast)
  return {
    fits: true,
    request: { ...request, outputTokensMax: Math.min(outputMax, left), contextTokensMax },
  }
}
