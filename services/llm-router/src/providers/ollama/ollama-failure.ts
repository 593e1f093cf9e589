import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import { z } from 'zod'
import { failureOfStatus } from '../failure-of-status.ts'
import { ProviderFailure } from '../provider-failure.ts'
import { quoteProvider } from '../quote-provider.ts'
import { retryAfterMs } from '../retry-delay.ts'
import { transportFailure } from '../transport-failure.ts'

const ErrorBody = z.object({ error: z.string() })

export const ollamaMessage = (body: string): string => {
  try {
    return ErrorBody.parse(JSON.parse(body)).error
  } catch {
    // A proxy in front of Ollama answers in its own way.
    return body
  }
}

const classOf = (status: number | null, message: string): FailureClass => {
  if (/parsing tool call/i.test(message)) return 'model_output'
  if (/context length|context window|input length|prompt (?:is )?too long/i.test(message))
    return 'too_large'
  return status === null ? 'overloaded' : failureOfStatus(status)
}

/** `status` is null when it came in the middle of a stream. */
export const ollamaFailure = (
  status: number | null,
  message: string,
  headers?: Headers,
): ProviderFailure => {
  const failureClass = classOf(status, message)
  const told = { status, code: null, requestId: null }
  // Its message quotes what the model wrote.
  if (failureClass === 'model_output')
    return new ProviderFailure('model_output', 'ollama: the model wrote no valid tool call.', {
      told,
    })
  const said = `ollama${status === null ? '' : ` (${status})`}: ${quoteProvider(message)}`
  if (failureClass !== 'rate_limited') return new ProviderFailure(failureClass, said, { told })
  return new ProviderFailure('rate_limited', said, {
    told,
    retryAfterMs: retryAfterMs(headers?.get('retry-after') ?? null, Date.now()),
    scope: /daily|per day|weekly/i.test(message) ? 'day' : 'minute',
  })
}

/** The SDK would lose the headers, and print what is no JSON. */
export const ollamaRefusal = (status: number, body: string, headers: Headers): ProviderFailure =>
  ollamaFailure(status, ollamaMessage(body), headers)

export const toOllamaFailure = (error: unknown): ProviderFailure =>
  error instanceof Error && /did not receive done/i.test(error.message)
    ? new ProviderFailure('incomplete_stream', 'The answer of ollama broke off before its end.')
    : transportFailure('ollama', error)
