import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { Usage } from '@maestro/contracts/money/cost-of'
import { runAttempt } from './attempt.ts'
import { createAttemptFetch, type ToRefusal } from './attempt-fetch.ts'
import type { AttemptTimers } from './attempt-timers.ts'
import { estimateTextTokens } from './estimate-usage.ts'
import type { Embedder } from './provider-adapter.ts'
import { ProviderFailure } from './provider-failure.ts'

type EmbeddingRequest = { model: string; texts: readonly string[] }

/** One provider's SDK behind one call for vectors. */
export type EmbeddingWire<Client> = {
  provider: ProviderName
  load: () => Promise<Client>
  ask: (client: Client, request: EmbeddingRequest, send: typeof fetch) => Promise<unknown>
  /** @throws whatever a parser throws at what is no answer. */
  read: (wire: unknown) => {
    vectors: readonly (readonly number[])[]
    model: string | null
    inputTokens: number | null
  }
  /** What a model reads of one text; more would be cut off silently. */
  textTokensMax: (model: string) => number
  /** Left out: the SDK tells refusals well. */
  toRefusal?: ToRefusal
  toFailure: (error: unknown) => ProviderFailure
}

/** @see Embedder. Keeps the same timers, aborts and completeness as chats. */
export const createWireEmbedder =
  <Client>(wire: EmbeddingWire<Client>, timers: AttemptTimers): Embedder['embed'] =>
  (request, { signal }) =>
    runAttempt({ provider: wire.provider, timers, signal }, async (attempt) => {
      const { provider, toRefusal } = wire
      const sending = createAttemptFetch({
        provider,
        signal: attempt.signal,
        readStream: null,
        toRefusal,
      })
      try {
        refuseTooLong(wire, request)
        const client = await attempt.orOver(wire.load())
        attempt.await('whole_answer')
        const answer = wire.read(await attempt.orOver(wire.ask(client, request, sending.fetch)))
        if (!isOnePerText(answer.vectors, request.texts)) {
          const message = `${wire.provider} did not send one vector for each text.`
          throw new ProviderFailure('incomplete_stream', message)
        }
        const estimated = answer.inputTokens === null && ({ usageEstimated: true } as const)
        return {
          vectors: answer.vectors,
          model: answer.model ?? request.model,
          usage: usageOf(answer.inputTokens ?? estimateTextTokens(request.texts)),
          ...estimated,
        }
      } catch (error) {
        const known = error instanceof ProviderFailure ? error : sending.failure()
        throw known ?? wire.toFailure(error)
      }
    })

const usageOf = (inputTokens: number): Usage => ({
  inputTokens,
  cachedInputTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
})

const isOnePerText = (
  vectors: readonly (readonly number[])[],
  texts: readonly string[],
): boolean => {
  const dimensions = vectors[0]?.length ?? 0
  return (
    dimensions > 0 &&
    vectors.length === texts.length &&
    vectors.every((vector) => vector.length === dimensions)
  )
}

const refuseTooLong = (
  { provider, textTokensMax }: Pick<EmbeddingWire<never>, 'provider' | 'textTokensMax'>,
  { model, texts }: EmbeddingRequest,
) => {
  const tokensMax = textTokensMax(model)
  for (const text of texts) {
    const tokens = estimateTextTokens([text])
    // The estimate is on the high side: what is beyond the limit by half is beyond it for sure.
    if (tokens <= tokensMax * 1.5) continue
    const message = `A text has about ${tokens} tokens; ${model} of ${provider} reads ${tokensMax} of one text.`
    throw new ProviderFailure('too_large', message)
  }
}
