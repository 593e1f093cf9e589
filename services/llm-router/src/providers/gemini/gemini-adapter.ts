import { type AttemptTimers, cloudTimers } from '../attempt-timers.ts'
import { once } from '../once.ts'
import type { ProviderAdapter } from '../provider-adapter.ts'
import { replyEvents } from '../reply-events.ts'
import { createWireAdapter } from '../wire-adapter.ts'
import { createWireEmbedder } from '../wire-embedder.ts'
import { type GeminiClient, loadGeminiClient } from './gemini-client.ts'
import { geminiEmbedding, geminiEmbedModel } from './gemini-embedding.ts'
import { toGeminiFailure } from './gemini-failure.ts'
import { geminiReader } from './gemini-reader.ts'
import { toGeminiRequest } from './gemini-request.ts'

export const geminiDefaultModel = 'gemini-3.8-flash'
export const geminiDefaultAddress = 'https://generativelanguage.googleapis.com'

export const createGeminiAdapter = ({
  apiKey,
  address = geminiDefaultAddress,
  defaultModel = geminiDefaultModel,
  embedModel = geminiEmbedModel,
  timers = cloudTimers,
}: {
  apiKey: string
  address?: string | undefined
  defaultModel?: string | undefined
  embedModel?: string | undefined
  timers?: AttemptTimers | undefined
}): ProviderAdapter => {
  const load = once(() => loadGeminiClient({ apiKey, address }))
  return {
    provider: 'gemini',
    defaultModel,
    embedder: {
      defaultModel: embedModel,
      embed: createWireEmbedder({ ...geminiEmbedding, load }, timers),
    },
    ...createWireAdapter<GeminiClient>(
      {
        provider: 'gemini',
        load,
        stream: (client, request, send) =>
          client.stream(request.model, toGeminiRequest(request), send),
        whole: (client, request, send) =>
          client.whole(request.model, toGeminiRequest(request), send),
        readStream: replyEvents,
        isWholeOnly: () => false,
        reader: geminiReader,
        toFailure: toGeminiFailure,
      },
      timers,
    ),
  }
}
