import { createHash } from 'node:crypto'
import { estimateTextTokens } from '../estimate-usage.ts'
import type { Embedder } from '../provider-adapter.ts'
import { ProviderFailure } from '../provider-failure.ts'

const rehearsalEmbedModel = 'rehearsal-embed-1'
const dimensions = 128

/** Every word adds to one place, by its hash: texts with the same words are near each other, and no model is needed. */
const vectorOf = (text: string): number[] => {
  const vector = Array.from({ length: dimensions }, () => 0)
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [text]) {
    const hash = createHash('sha256').update(word).digest()
    const place = hash.readUInt16LE(0) % dimensions
    vector[place] = (vector[place] ?? 0) + (hash.readUInt8(2) % 2 === 0 ? 1 : -1)
  }
  const length = Math.hypot(...vector)
  // Words may cancel each other out; a vector without a length has no direction to compare.
  if (length === 0) return vector.map((_, place) => (place === 0 ? 1 : 0))
  return vector.map((value) => value / length)
}

/** Deterministic vectors from hashes of words, labelled as rehearsed by provider and model. */
export const rehearsalEmbedder: Embedder = {
  defaultModel: rehearsalEmbedModel,
  embed: async ({ texts }, { signal }) => {
    if (signal.aborted)
      throw new ProviderFailure('cancelled', 'The call to rehearsal was cancelled.')
    const inputTokens = estimateTextTokens(texts)
    return {
      vectors: texts.map(vectorOf),
      model: rehearsalEmbedModel,
      usage: { inputTokens, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0 },
      usageEstimated: true,
    }
  },
}
