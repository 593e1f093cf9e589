import type { GenerateContentRequest } from '@google/generative-ai'
import { baseUrl } from '../base-url.ts'
import type { WireReply } from '../wire-adapter.ts'
import type { GeminiRequest } from './gemini-request.ts'
import { loadGeminiSdk, withFetch } from './load-gemini-sdk.ts'

export type GeminiClient = {
  stream: (
    model: string,
    request: GeminiRequest,
    send: typeof fetch,
  ) => Promise<WireReply<AsyncIterable<unknown>>>
  whole: (model: string, request: GeminiRequest, send: typeof fetch) => Promise<WireReply<unknown>>
  embed: (model: string, texts: readonly string[], send: typeof fetch) => Promise<unknown>
}

// The SDK's types are older than thoughts, signatures and their settings; it sends what it is given.
const asSdkRequest = (request: GeminiRequest) => request as unknown as GenerateContentRequest

/** The only module that knows @google/generative-ai. It never sets the SDK's `timeout`: that timer is never cleared. */
export const loadGeminiClient = async ({
  apiKey,
  address,
}: {
  apiKey: string
  address: string
}): Promise<GeminiClient> => {
  const { GoogleGenerativeAI } = await loadGeminiSdk()
  const client = new GoogleGenerativeAI(apiKey)
  const options = { baseUrl: baseUrl(address, '/v1beta'), apiVersion: 'v1beta' }
  // Without a signal of ours: what the SDK hangs on one stays there.
  const generative = (model: string, send: typeof fetch) =>
    client.getGenerativeModel({ model }, withFetch(options, send))
  return {
    stream: async (model, request, send) => {
      const result = await generative(model, send).generateContentStream(asSdkRequest(request))
      // The same stream, put together by the SDK: wrongly, so it is never read; and when the stream breaks it rejects, which would end the process.
      result.response.catch(() => {})
      // The SDK keeps the headers to itself; Gemini's say nothing of limits.
      return { body: result.stream, limits: null }
    },
    whole: async (model, request, send) => {
      const result = await generative(model, send).generateContent(asSdkRequest(request))
      // The body as it came, only decorated with functions; those mix thoughts into the text and lose parallel calls.
      return { body: result.response, limits: null }
    },
    embed: (model, texts, send) => {
      const requests = texts.map((text) => ({ content: { role: 'user', parts: [{ text }] } }))
      return generative(model, send).batchEmbedContents({ requests })
    },
  }
}
