import type { Refusal } from './emulator-script.ts'
import { type HttpReply, type RefusalDetails, jsonReply } from './wire-dialect.ts'

type Refused = { status: number; message: string; type: string; code?: string; failed?: string }

const inSeconds = (ms: number) => `${ms / 1_000}s`

const texts = (as: Refusal, { model, retryAfterMs }: RefusalDetails): Refused => {
  const wait = inSeconds(retryAfterMs ?? 5_289)
  const limit = (kind: string) =>
    `Rate limit reached for model \`${model}\` in organization \`org_emulated\` service tier \`on_demand\` on ${kind}: Limit 6000, Used 5800, Requested 500. Please try again in ${wait}. Visit the billing page.`
  switch (as) {
    case 'rate_limited':
      return {
        status: 429,
        message: limit('tokens per minute (TPM)'),
        type: 'tokens',
        code: 'rate_limit_exceeded',
      }
    case 'rate_limited_day':
      return {
        status: 429,
        message: limit('requests per day (RPD)'),
        type: 'requests',
        code: 'rate_limit_exceeded',
      }
    case 'overloaded':
      return { status: 503, message: 'Service Unavailable', type: 'internal_server_error' }
    case 'server_error':
      return { status: 500, message: 'Internal Server Error', type: 'internal_server_error' }
    case 'auth':
      return {
        status: 401,
        message: 'Invalid API Key',
        type: 'invalid_request_error',
        code: 'invalid_api_key',
      }
    case 'not_found':
      return {
        status: 404,
        message: `The model \`${model}\` does not exist or you do not have access to it.`,
        type: 'invalid_request_error',
        code: 'model_not_found',
      }
    case 'too_large':
      return {
        status: 413,
        message: `Request too large for model \`${model}\` on tokens per minute (TPM): Limit 6000, Requested 19000, please reduce your message size and try again.`,
        type: 'tokens',
        code: 'rate_limit_exceeded',
      }
    case 'invalid_request':
      return { status: 400, message: 'property is unsupported', type: 'invalid_request_error' }
    case 'model_output':
      return {
        status: 400,
        message:
          "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.",
        type: 'invalid_request_error',
        code: 'tool_use_failed',
        failed: '<function=SECRET OUTPUT',
      }
    case 'content_blocked':
      throw new Error('Groq has no such refusal; script it for Gemini')
  }
}

export const groqRefusalBody = (as: Refusal, details: RefusalDetails) => {
  const { status, failed, ...error } = texts(as, details)
  return {
    status,
    body: {
      error: {
        ...error,
        message: details.message ?? error.message,
        ...(failed !== undefined && { failed_generation: failed }),
      },
    },
  }
}

/** An error as Groq sends it; `retry-after`, in whole seconds, comes with 429 only. */
export const groqRefusal = (as: Refusal, details: RefusalDetails): HttpReply => {
  const { status, body } = groqRefusalBody(as, details)
  const seconds = Math.ceil((details.retryAfterMs ?? 5_289) / 1_000)
  return jsonReply(status, body, status === 429 ? { 'retry-after': String(seconds) } : {})
}
