import type { ChatRequest as SdkChatRequest } from 'ollama'
import type { WireReply } from '../wire-adapter.ts'
import { checkOllamaLines } from './check-ollama-lines.ts'
import { ollamaFailure, ollamaMessage } from './ollama-failure.ts'
import type { OllamaRequest } from './ollama-request.ts'

export type OllamaClient = {
  stream: (
    request: OllamaRequest,
    signal: AbortSignal,
  ) => Promise<WireReply<AsyncIterable<unknown>>>
  whole: (request: OllamaRequest, signal: AbortSignal) => Promise<WireReply<unknown>>
  embed: (model: string, texts: readonly string[], signal: AbortSignal) => Promise<unknown>
}

// The SDK describes the parameters of tools more narrowly than JSON Schema; it sends what it is given.
const asSdkRequest = (request: OllamaRequest) => request as unknown as SdkChatRequest

/** Does what the SDK cannot: ends with a signal, tells a refusal with its headers, and prints nothing. */
const guardedFetch =
  (signal: AbortSignal, isStream: boolean): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, { ...init, signal })
    if (!response.ok)
      throw ollamaFailure(response.status, ollamaMessage(await response.text()), response.headers)
    if (!isStream || response.body === null) return response
    const { status, headers } = response
    return new Response(ReadableStream.from(checkOllamaLines(response.body)), { status, headers })
  }

/** The only module that knows the SDK of Ollama. */
export const loadOllamaClient = async (address: string): Promise<OllamaClient> => {
  const { Ollama } = await import('ollama')
  // One client per request: a client remembers every stream that did not end well, for ever.
  const client = (signal: AbortSignal, isStream: boolean) =>
    new Ollama({ host: address, fetch: guardedFetch(signal, isStream) })
  return {
    stream: async (request, signal) => ({
      body: await client(signal, true).chat({ ...asSdkRequest(request), stream: true }),
      limits: null,
    }),
    whole: async (request, signal) => ({
      body: await client(signal, false).chat({ ...asSdkRequest(request), stream: false }),
      limits: null,
    }),
    // What is too long is refused and not cut: half a text has another meaning.
    embed: (model, texts, signal) =>
      client(signal, false).embed({ model, input: [...texts], truncate: false }),
  }
}
