import type { ChatRequest, ChatResult, ProviderAdapter } from '../providers/provider-adapter.ts'
import { ProviderFailure } from '../providers/provider-failure.ts'
import { writeVectors } from './write-vectors.ts'

/**
 * A provider that answers with vectors: each user message is a text, and the answer's text is the
 * vectors. So reservations, the journal, recovery and fallback hold for them as for everything else.
 * Null: this provider makes no embeddings.
 */
export const embeddingAdapter = ({
  provider,
  embedder,
}: ProviderAdapter): ProviderAdapter | null => {
  if (embedder === undefined) return null
  const embed = async (
    { model, messages }: ChatRequest,
    { signal }: { signal: AbortSignal },
  ): Promise<ChatResult> => {
    const texts = messages.flatMap(({ role, text }) => (role === 'user' ? [text] : []))
    try {
      const { vectors, ...result } = await embedder.embed({ model, texts }, { signal })
      const text = writeVectors(vectors)
      const answer = { text, reasoning: '', toolCalls: [], providerParts: null }
      return { answer: { ...answer, finish: 'stop' }, ...result }
    } catch (error) {
      throw withoutRepair(error)
    }
  }
  return {
    provider,
    get defaultModel() {
      return embedder.defaultModel
    },
    chat: embed,
    stream: embed,
  }
}

/** A model is told of a bad answer in one more message, which here would be one more text. */
const withoutRepair = (error: unknown): unknown => {
  if (!(error instanceof ProviderFailure) || error.failureClass !== 'model_output') return error
  const { message, usage, afterContent } = error
  return new ProviderFailure('invalid_request', message, { usage, afterContent })
}
