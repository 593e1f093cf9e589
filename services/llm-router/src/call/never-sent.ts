const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])
/** Errors wrap each other: fetch's, the SDK's, ours. */
const depthMax = 6

/** Whether no connection came about, so that the request cannot have reached anybody. */
export const wasNeverSent = (failure: unknown): boolean => {
  let error = failure
  for (let depth = 0; depth < depthMax && error instanceof Error; depth += 1) {
    if ('code' in error && typeof error.code === 'string' && unsentCodes.has(error.code))
      return true
    // Several addresses were tried: all of them must have refused.
    if (error instanceof AggregateError) return error.errors.every(wasNeverSent)
    error = error.cause
  }
  return false
}
