import type { ChatRequest as SdkChatRequest } from 'ollama'
import type { WireReply } from '../wire-adapter.ts'
import type { OllamaRequest } from './ollama-request.ts'

export type OllamaClient = {
  stream: (request: OllamaRequest, send: typeof fetch) => Promise<WireReply<AsyncIterable<unknown>>>
  whole: (request: OllamaRequest, send: typeof fetch) => Promise<WireReply<unknown>>
  embed: (model: string, texts: readonly string[], send: typeof fetch) => Promise<unknown>
}

// The SDK describes the parameters of tools more narrowly than JSON Schema; it sends what it is given.
const asSdkRequest = (request: OllamaRequest) => request as unknown as SdkChatRequest

/** The only module that knows the SDK of Ollama. */
export const loadOllamaClient = async (address: string): Promise<OllamaClient> => {
  const { Ollama } = await import('ollama')
  // One client per request: it has no signal of its own, and remembers every stream that did not end well, for ever.
  const client = (send: typeof fetch) => new Ollama({ host: address, fetch: send })
  return {
    stream: async (request, send) => ({
      body: await client(send).chat({ ...asSdkRequest(request), stream: true }),
      limits: null,
    }),
    whole: async (request, send) => ({
      body: await client(send).chat({ ...asSdkRequest(request), stream: false }),
      limits: null,
    }),
    // What is too long is refused and not cut: half a text has another meaning.
    embed: (model, texts, send) =>
      client(send).embed({ model, input: [...texts], truncate: false }),
  }
}
