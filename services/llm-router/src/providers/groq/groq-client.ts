import type { AttemptTimers } from '../attempt-timers.ts'
import { baseUrl } from '../base-url.ts'
import type { WireReply } from '../wire-adapter.ts'
import { groqLimits } from './groq-limits.ts'
import type { GroqRequest } from './groq-request.ts'

export type GroqClient = {
  stream: (request: GroqRequest, send: typeof fetch) => Promise<WireReply<AsyncIterable<unknown>>>
  whole: (request: GroqRequest, send: typeof fetch) => Promise<WireReply<unknown>>
}

/** The only module that knows groq-sdk. */
export const loadGroqClient = async ({
  apiKey,
  address,
  timers,
}: {
  apiKey: string
  address: string
  timers: AttemptTimers
}): Promise<GroqClient> => {
  const { Groq } = await import('groq-sdk')
  const client = new Groq({
    apiKey,
    // Given always: left out, the SDK reads it from the environment.
    baseURL: baseUrl(address, '/openai/v1'),
    // The SDK sleeps as long as Retry-After says, without a bound and deaf to the signal. Retries are the router's.
    maxRetries: 0,
    // It covers the headers only; our own timers end an attempt long before.
    timeout: timers.headersTimeoutMs + timers.wholeAnswerTimeoutMs,
    // It prints answers that it cannot parse.
    logLevel: 'off',
  })
  return {
    stream: async (request, send) => {
      const { data, response } = await client
        .withOptions({ fetch: send })
        .chat.completions.create({ ...request, stream: true })
        .withResponse()
      return { body: data, limits: groqLimits(response.headers) }
    },
    whole: async (request, send) => {
      const { data, response } = await client
        .withOptions({ fetch: send })
        .chat.completions.create({ ...request, stream: false })
        .withResponse()
      return { body: data, limits: groqLimits(response.headers) }
    },
  }
}
