import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import { z } from 'zod'
import { failureOfStatus } from '../failure-of-status.ts'
import { ProviderFailure } from '../provider-failure.ts'
import { quoteProvider } from '../quote-provider.ts'
import { delayInText, retryAfterMs } from '../retry-delay.ts'
import { transportFailure } from '../transport-failure.ts'
import { groqLimits } from './groq-limits.ts'

const WireError = z.object({
  message: z.string().catch(''),
  /** Text as a rule; numbers were seen. */
  code: z.union([z.string(), z.number()]).nullish(),
})

/** The SDK's APIError, by its shape: the class would load the SDK. In a stream `status` is missing and `error` is the inner one. */
const SdkError = z.object({
  status: z.number().optional(),
  error: z.union([z.object({ error: WireError }).transform(({ error }) => error), WireError]),
  headers: z.instanceof(Headers).optional().catch(undefined),
})

const byCode: Record<string, FailureClass> = {
  tool_use_failed: 'model_output',
  json_validate_failed: 'model_output',
  context_length_exceeded: 'too_large',
  request_too_large: 'too_large',
  model_not_found: 'not_found',
  model_decommissioned: 'not_found',
  invalid_api_key: 'auth',
  organization_restricted: 'auth',
  capacity_exceeded: 'overloaded',
}

const classOf = (status: number | undefined, code: string): FailureClass => {
  // Too much for the minute in one request comes as 413 with the code of a rate limit: waiting does not help.
  if (status === 413) return 'too_large'
  const known = byCode[code]
  if (known !== undefined) return known
  if (code === 'rate_limit_exceeded') return 'rate_limited'
  return status === undefined ? 'overloaded' : failureOfStatus(status)
}

/** What the last chunk says when a stream stopped early. */
export const groqStreamError = (reason: string): ProviderFailure =>
  /tool_use_failed|json_validate_failed/.test(reason)
    ? new ProviderFailure('model_output', 'groq: the model wrote no valid tool call or JSON.')
    : new ProviderFailure('incomplete_stream', `groq broke off: ${quoteProvider(reason)}`)

export const toGroqFailure = (error: unknown): ProviderFailure => {
  const parsed = error instanceof Error ? SdkError.safeParse(error) : undefined
  if (parsed?.success !== true) {
    // An error whose body is no JSON still has a status.
    const status = z.object({ status: z.int() }).safeParse(error)
    if (!status.success) return transportFailure('groq', error)
    return new ProviderFailure(
      failureOfStatus(status.data.status),
      `groq answered with status ${status.data.status}.`,
      { told: { status: status.data.status, code: null, requestId: null } },
    )
  }
  const { status, headers, error: wire } = parsed.data
  const failureClass = classOf(status, String(wire.code ?? ''))
  const limits = groqLimits(headers)
  const told = {
    status: status ?? null,
    code: wire.code == null ? null : quoteProvider(String(wire.code)),
    requestId: headers?.get('x-request-id') ?? null,
  }
  if (failureClass === 'model_output')
    return new ProviderFailure(
      'model_output',
      'groq: the model wrote no valid tool call or JSON.',
      { told, limits },
    )
  const said = `groq${status === undefined ? '' : ` (${status})`}: ${quoteProvider(wire.message)}`
  if (failureClass !== 'rate_limited')
    return new ProviderFailure(failureClass, said, { told, limits })
  const waitMs = retryAfterMs(headers?.get('retry-after') ?? null, Date.now())
  return new ProviderFailure('rate_limited', said, {
    told,
    retryAfterMs: waitMs ?? delayInText(wire.message),
    limits,
    scope: /per day|\((?:R|T)PD\)/.test(wire.message) ? 'day' : 'minute',
  })
}
