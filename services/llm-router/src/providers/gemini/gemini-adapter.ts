import { type AttemptTimers, cloudTimers } from '../attempt-timers.ts'
import { once } from '../once.ts'
import type { ProviderAdapter } from '../provider-adapter.ts'
import { createWireAdapter } from '../wire-adapter.ts'
import { type GeminiClient, loadGeminiClient } from './gemini-client.ts'
import { toGeminiFailure } from './gemini-failure.ts'
import { geminiReader } from './gemini-reader.ts'
import { toGeminiRequest } from './gemini-request.ts'

export const geminiDefaultModel = 'gemini-3.8-flash'
export const geminiDefaultAddress = 'https://generativelanguage.googleapis.com'

export const createGeminiAdapter = ({
  apiKey,
  address = geminiDefaultAddress,
  defaultModel = geminiDefaultModel,
  timers = cloudTimers,
}: {
  apiKey: string
  address?: string | undefined
  defaultModel?: string | undefined
  timers?: AttemptTimers | undefined
}): ProviderAdapter => ({
  provider: 'gemini',
  defaultModel,
  ...createWireAdapter<GeminiClient>(
    {
      provider: 'gemini',
      load: once(() => loadGeminiClient({ apiKey, address })),
      stream: (client, request, signal) =>
        client.stream(request.model, toGeminiRequest(request), signal),
      whole: (client, request, signal) =>
        client.whole(request.model, toGeminiRequest(request), signal),
      isWholeOnly: () => false,
      reader: geminiReader,
      toFailure: toGeminiFailure,
    },
    timers,
  ),
})
