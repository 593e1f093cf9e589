import rateLimit from '@fastify/rate-limit'
import { AppError } from '@maestro/contracts/errors'
import fp from 'fastify-plugin'

/** Counts the requests of each address. Probes and the console's own files are not counted. */
export const rateLimitsPlugin = fp<{ requestsPerMinuteMax: number }>(
  async (app, { requestsPerMinuteMax }) => {
    await app.register(rateLimit, {
      max: requestsPerMinuteMax,
      timeWindow: 60_000,
      allowList: (request) => request.routeOptions.config.access !== 'owner',
      errorResponseBuilder: (_request, { ttl }) =>
        new AppError('RATE_LIMITED', { requestsPerMinuteMax, retryAfterMs: ttl }),
    })
  },
  { name: 'rate-limits' },
)
