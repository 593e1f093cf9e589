import type { ProviderLimit, ProviderLimits } from '../provider-limits.ts'
import { durationMs } from '../retry-delay.ts'

/** `x-ratelimit-…`, which come with every reply: requests are counted per day, tokens per minute. Null when they say nothing. */
export const groqLimits = (headers: Headers | undefined): ProviderLimits | null => {
  if (headers === undefined) return null
  const limitOf = (what: 'requests' | 'tokens'): ProviderLimit | null => {
    const [limit, left] = ['limit', 'remaining'].map((name) =>
      countIn(headers.get(`x-ratelimit-${name}-${what}`)),
    )
    const resetMs = durationMs(headers.get(`x-ratelimit-reset-${what}`) ?? '')
    if (limit == null || left == null || resetMs === null || limit === 0) return null
    return { limit, left: Math.min(left, limit), resetMs }
  }
  const limits = { requests: limitOf('requests'), tokens: limitOf('tokens') }
  return limits.requests === null && limits.tokens === null ? null : limits
}

const countIn = (text: string | null): number | null =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
