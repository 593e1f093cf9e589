import type { Refusal } from './emulator-script.ts'
import { type HttpReply, type RefusalDetails, jsonReply } from './wire-dialect.ts'

type Refused = { code: number; status: string; message: string; details?: readonly unknown[] }

const google = 'type.googleapis.com/google.rpc'

const quota = (model: string, id: string, retryAfterMs: number | null) => [
  {
    '@type': `${google}.QuotaFailure`,
    violations: [
      {
        quotaMetric: 'generativelanguage.googleapis.com/generate_content_free_tier_requests',
        quotaId: id,
        quotaDimensions: { location: 'global', model },
        quotaValue: '10',
      },
    ],
  },
  {
    '@type': `${google}.Help`,
    links: [{ description: 'Learn more', url: 'https://ai.google.dev' }],
  },
  ...(retryAfterMs === null
    ? []
    : [{ '@type': `${google}.RetryInfo`, retryDelay: `${(retryAfterMs / 1_000).toFixed(9)}s` }]),
]

const exhausted = 'You exceeded your current quota, please check your plan and billing details.'

const texts = (as: Refusal, { model, retryAfterMs }: RefusalDetails): Refused => {
  switch (as) {
    case 'rate_limited':
      return {
        code: 429,
        status: 'RESOURCE_EXHAUSTED',
        message: exhausted,
        details: quota(model, 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier', retryAfterMs),
      }
    case 'rate_limited_day':
      return {
        code: 429,
        status: 'RESOURCE_EXHAUSTED',
        message: exhausted,
        details: quota(model, 'GenerateRequestsPerDayPerProjectPerModel-FreeTier', retryAfterMs),
      }
    case 'overloaded':
      return {
        code: 503,
        status: 'UNAVAILABLE',
        message: 'The model is overloaded. Please try again later.',
      }
    case 'server_error':
      return { code: 500, status: 'INTERNAL', message: 'An internal error has occurred.' }
    case 'auth':
      return {
        code: 400,
        status: 'INVALID_ARGUMENT',
        message: 'API key not valid. Please pass a valid API key.',
        details: [
          {
            '@type': `${google}.ErrorInfo`,
            reason: 'API_KEY_INVALID',
            domain: 'googleapis.com',
            metadata: { service: 'generativelanguage.googleapis.com' },
          },
        ],
      }
    case 'not_found':
      return {
        code: 404,
        status: 'NOT_FOUND',
        message: `models/${model} is not found for API version v1beta, or is not supported for generateContent.`,
      }
    case 'too_large':
      return {
        code: 400,
        status: 'INVALID_ARGUMENT',
        message:
          'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
      }
    case 'invalid_request':
      return {
        code: 400,
        status: 'INVALID_ARGUMENT',
        message: 'Invalid JSON payload received. Unknown name "x": Cannot find field.',
      }
    case 'model_output':
    case 'content_blocked':
      throw new Error('not an HTTP error on this wire')
  }
}

export const geminiErrorBody = (as: Refusal, details: RefusalDetails) => {
  const error = texts(as, details)
  return { error: { ...error, message: details.message ?? error.message } }
}

/** Two refusals come with status 200: a blocked prompt has no candidates, a garbled tool call is a finish reason. */
const refusedAnswer = (as: 'model_output' | 'content_blocked', model: string) => ({
  ...(as === 'content_blocked'
    ? { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } }
    : {
        candidates: [
          {
            content: { role: 'model', parts: [] },
            finishReason: 'MALFORMED_FUNCTION_CALL',
            finishMessage: 'Malformed function call: SECRET OUTPUT',
            index: 0,
          },
        ],
      }),
  usageMetadata: { promptTokenCount: 21, totalTokenCount: 21 },
  modelVersion: model,
  responseId: 'emulated',
})

/** An error as Gemini sends it: the delay stands in the body only, there is no Retry-After. */
export const geminiRefusal = (as: Refusal, details: RefusalDetails): HttpReply => {
  if (as === 'model_output' || as === 'content_blocked') {
    const body = refusedAnswer(as, details.model)
    if (!details.stream) return jsonReply(200, body)
    const headers = { 'content-type': 'text/event-stream' }
    return { status: 200, headers, body: `data: ${JSON.stringify(body)}\r\n\r\n` }
  }
  const body = geminiErrorBody(as, details)
  return jsonReply(body.error.code, body)
}
