import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import { z } from 'zod'
import { failureOfStatus } from '../failure-of-status.ts'
import { ProviderFailure } from '../provider-failure.ts'
import { quoteProvider } from '../quote-provider.ts'
import { delayInText, durationMs } from '../retry-delay.ts'
import { transportFailure } from '../transport-failure.ts'

/** One entry of Google's error details, as far as it tells us anything. */
const Detail = z.object({
  reason: z.string().optional(),
  retryDelay: z.string().optional(),
  violations: z.array(z.object({ quotaId: z.string().optional() })).optional(),
})

/** The SDK's GoogleGenerativeAIFetchError, by its shape: the class would load the SDK. */
const SdkError = z.object({
  status: z.int(),
  message: z.string(),
  errorDetails: z.array(z.unknown()).default([]),
})

type WireError = { status: number; message: string; details: readonly unknown[] }

const classOf = ({ status, message }: WireError, reasons: readonly string[]): FailureClass => {
  if (reasons.some((reason) => reason.startsWith('API_KEY_'))) return 'auth'
  if (status === 400 && /api key|location is not supported/i.test(message)) return 'auth'
  if (status === 400 && /token count|exceeds the maximum number of tokens/i.test(message))
    return 'too_large'
  return failureOfStatus(status)
}

export const geminiFailure = (error: WireError): ProviderFailure => {
  const details = error.details.flatMap((detail) => {
    const { success, data } = Detail.safeParse(detail)
    return success ? [data] : []
  })
  const reasons = details.flatMap(({ reason }) => reason ?? [])
  const failureClass = classOf(error, reasons)
  const [code] = reasons
  const told = {
    status: error.status,
    code: code === undefined ? null : quoteProvider(code),
    requestId: null,
  }
  const said = `gemini (${error.status}): ${quoteProvider(error.message)}`
  if (failureClass !== 'rate_limited') return new ProviderFailure(failureClass, said, { told })
  // There is no Retry-After header; some refusals name no delay anywhere.
  const delay = details.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay
  const quotas = details.flatMap(({ violations }) => violations ?? [])
  return new ProviderFailure('rate_limited', said, {
    told,
    retryAfterMs: delay === undefined ? delayInText(error.message) : durationMs(delay),
    scope: quotas.some(({ quotaId }) => quotaId?.includes('PerDay')) ? 'day' : 'minute',
  })
}

export const toGeminiFailure = (error: unknown): ProviderFailure => {
  const parsed = error instanceof Error ? SdkError.safeParse(error) : undefined
  if (parsed?.success !== true) return transportFailure('gemini', error)
  const { status, message, errorDetails } = parsed.data
  // "Error fetching from https://…: [429 Too Many Requests] what it said [{details}]"
  const said = message.replace(/^.*?: \[\d+[^\]]*\] /s, '').replace(/ \[\{.*$/s, '')
  return geminiFailure({ status, message: said, details: errorDetails })
}

const blocking = new Set([
  'SAFETY',
  'RECITATION',
  'LANGUAGE',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT',
  'IMAGE_RECITATION',
])

/** For a finish that is neither an end nor the limit. The model's own `finishMessage` quotes its output and stays out. */
export const geminiFinishFailure = (reason: string): ProviderFailure =>
  blocking.has(reason)
    ? new ProviderFailure('content_blocked', `gemini blocked the answer (${reason}).`)
    : new ProviderFailure(
        'model_output',
        `gemini gave no usable answer (${quoteProvider(reason)}).`,
      )

export const geminiBlockedPrompt = (reason: string): ProviderFailure =>
  new ProviderFailure('content_blocked', `gemini blocked the prompt (${quoteProvider(reason)}).`)
