import { ZodError } from 'zod'
import { ProviderFailure } from './provider-failure.ts'

const codeOf = (error: unknown): string | null => {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string') return at.code
  return null
}

const socketWords =
  /fetch failed|terminated|connection error|reading from the stream|error fetching from|socket|aborted|timed out/i
const unreadableWords = /parse|json/i

/** What is left when no provider said anything: the network, or bytes that are no answer. */
export const transportFailure = (provider: string, error: unknown): ProviderFailure => {
  if (error instanceof ProviderFailure) return error
  const code = codeOf(error)
  const message = error instanceof Error ? error.message : String(error)
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return new ProviderFailure('timeout', `${provider} went silent.`, {
      timeoutKind: code === 'UND_ERR_HEADERS_TIMEOUT' ? 'headers' : 'idle',
    })
  // The causes of these quote what could not be read, which is the model's answer.
  const isUnreadable =
    error instanceof ZodError || error instanceof SyntaxError || error instanceof RangeError
  if (isUnreadable || (code === null && unreadableWords.test(message)))
    return new ProviderFailure('incomplete_stream', `${provider} sent what is no readable answer.`)
  if (code !== null || socketWords.test(message))
    return new ProviderFailure(
      'network',
      `The connection to ${provider} failed${code === null ? '' : ` (${code})`}.`,
      { cause: error },
    )
  return new ProviderFailure('internal', `The adapter of ${provider} failed.`, { cause: error })
}
