import type { FailureClass } from '@maestro/contracts/llm/call-facts'

const byStatus: Record<number, FailureClass> = {
  400: 'invalid_request',
  401: 'auth',
  402: 'auth',
  403: 'auth',
  404: 'not_found',
  408: 'timeout',
  413: 'too_large',
  // Groq: the request is well-formed, the model made nothing of it.
  422: 'model_output',
  429: 'rate_limited',
  // Groq: no capacity left on the flex tier.
  498: 'overloaded',
  499: 'network',
  504: 'timeout',
}

/** What a status means when the body says nothing more. */
export const failureOfStatus = (status: number): FailureClass =>
  byStatus[status] ?? (status >= 500 || status === 424 ? 'overloaded' : 'invalid_request')
