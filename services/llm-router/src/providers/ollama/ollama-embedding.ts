import { z } from 'zod'
import type { EmbeddingWire } from '../wire-embedder.ts'
import type { OllamaClient } from './ollama-client.ts'
import { ollamaRefusal, toOllamaFailure } from './ollama-failure.ts'

/** The largest of the models that Ollama offers for it; a smaller one refuses by itself what it would have to cut. */
const textTokensMax = () => 32_768

const OllamaEmbeddings = z.object({
  model: z.string().optional(),
  embeddings: z.array(z.array(z.number())),
  prompt_eval_count: z.int().nonnegative().optional(),
})

export const ollamaEmbedding: Omit<EmbeddingWire<OllamaClient>, 'load'> = {
  provider: 'ollama',
  ask: (client, { model, texts }, send) => client.embed(model, texts, send),
  read: (wire) => {
    const { embeddings, model, prompt_eval_count } = OllamaEmbeddings.parse(wire)
    return { vectors: embeddings, model: model ?? null, inputTokens: prompt_eval_count ?? null }
  },
  textTokensMax,
  toRefusal: ollamaRefusal,
  toFailure: toOllamaFailure,
}
