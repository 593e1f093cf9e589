import type { AnswerCollector } from '../answer-collector.ts'
import { type AttemptTimers, localTimers } from '../attempt-timers.ts'
import { baseUrl } from '../base-url.ts'
import { once } from '../once.ts'
import type { ChatRequest, ProviderAdapter } from '../provider-adapter.ts'
import { ProviderFailure } from '../provider-failure.ts'
import { type AnswerReader, createWireAdapter } from '../wire-adapter.ts'
import { createWireEmbedder } from '../wire-embedder.ts'
import { checkOllamaLines } from './check-ollama-lines.ts'
import { type OllamaClient, loadOllamaClient } from './ollama-client.ts'
import { ollamaEmbedding } from './ollama-embedding.ts'
import { ollamaRefusal, toOllamaFailure } from './ollama-failure.ts'
import { findOllamaModel } from './ollama-probe.ts'
import { toOllamaRequest } from './ollama-request.ts'
import { OllamaChunk } from './ollama-wire.ts'

/** What a machine with 16 GiB holds beside a model of some 8 billion weights. */
const defaultContextTokensMax = 32_768

const reader = (collector: AnswerCollector): AnswerReader => {
  const read = (wire: unknown) => {
    const chunk = OllamaChunk.parse(wire)
    if (chunk.model !== undefined) collector.model(chunk.model)
    collector.reasoning(chunk.message?.thinking ?? '')
    collector.text(chunk.message?.content ?? '')
    for (const { id, function: call } of chunk.message?.tool_calls ?? [])
      collector.toolCall({
        id: id ?? undefined,
        name: call.name,
        argumentsText: JSON.stringify(call.arguments ?? {}),
      })
    if (!chunk.done) return
    // A count alone is no count: then the whole usage is estimated.
    if (chunk.prompt_eval_count !== undefined && chunk.eval_count !== undefined)
      collector.usage({
        inputTokens: chunk.prompt_eval_count,
        cachedInputTokens: 0,
        outputTokens: chunk.eval_count,
        reasoningTokens: 0,
      })
    collector.finish(chunk.done_reason === 'length' ? 'length' : 'stop')
  }
  return { chunk: read, whole: read, parts: () => undefined }
}

export const createOllamaAdapter = ({
  address: given,
  defaultModel,
  embedModel = () => '',
  contextTokensMax = defaultContextTokensMax,
  timers = localTimers,
}: {
  address: string
  /** Empty while nobody knows: then the adapter asks the server at the call. */
  defaultModel: () => string
  /** Empty while none is known. */
  embedModel?: () => string
  contextTokensMax?: number | undefined
  timers?: AttemptTimers | undefined
}): ProviderAdapter => {
  const address = baseUrl(given, '/api')

  const load = once(() => loadOllamaClient(address))

  const prepare = async (request: ChatRequest) => {
    const model = request.model === '' ? await findOllamaModel(address) : request.model
    if (model === null)
      throw new ProviderFailure('not_found', 'ollama has no model for chats; pull one.')
    return toOllamaRequest(request, { model, contextTokensMax })
  }

  return {
    provider: 'ollama',
    get defaultModel() {
      return defaultModel()
    },
    embedder: {
      get defaultModel() {
        return embedModel()
      },
      embed: createWireEmbedder({ ...ollamaEmbedding, load }, timers),
    },
    ...createWireAdapter<OllamaClient>(
      {
        provider: 'ollama',
        load,
        stream: async (client, request, send) => client.stream(await prepare(request), send),
        whole: async (client, request, send) => client.whole(await prepare(request), send),
        readStream: checkOllamaLines,
        toRefusal: ollamaRefusal,
        isWholeOnly: () => false,
        reader,
        toFailure: toOllamaFailure,
      },
      timers,
    ),
  }
}
