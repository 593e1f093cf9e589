import { z } from 'zod'
import type { EmbeddingWire } from '../wire-embedder.ts'
import type { GeminiClient } from './gemini-client.ts'
import { toGeminiFailure } from './gemini-failure.ts'

export const geminiEmbedModel = 'gemini-embedding-001'

/** Its successors read four times as much. */
const textTokensMax = (model: string) => (model === geminiEmbedModel ? 2_048 : 8_192)

const GeminiEmbeddings = z.object({
  embeddings: z.array(z.object({ values: z.array(z.number()) })),
  /** Newer servers count; older ones say nothing. */
  usageMetadata: z.object({ promptTokenCount: z.int().nonnegative().optional() }).optional(),
})

export const geminiEmbedding: Omit<EmbeddingWire<GeminiClient>, 'load'> = {
  provider: 'gemini',
  ask: (client, { model, texts }, send) => client.embed(model, texts, send),
  read: (wire) => {
    const { embeddings, usageMetadata } = GeminiEmbeddings.parse(wire)
    return {
      vectors: embeddings.map(({ values }) => values),
      model: null,
      inputTokens: usageMetadata?.promptTokenCount ?? null,
    }
  },
  textTokensMax,
  toFailure: toGeminiFailure,
}
