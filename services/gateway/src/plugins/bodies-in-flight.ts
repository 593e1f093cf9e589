import { AppError } from '@maestro/contracts/errors'
import fp from 'fastify-plugin'

/** Bodies that are being read at once, all together: a body takes several times its size while it is parsed. */
const bytesInFlightMax = 256 * 1024 * 1024

/** Refuses bodies for a moment rather than running out of memory. */
export const bodiesInFlightPlugin = fp(
  async (app) => {
    let bytesInFlight = 0
    const held = new WeakMap<object, number>()

    app.addHook('onRequest', async (request) => {
      if (request.method === 'GET' || request.method === 'HEAD') return
      const declared = Number(request.headers['content-length'] ?? 0)
      // A body without a length may grow up to the route's limit.
      const chunked = request.headers['transfer-encoding'] !== undefined
      const bytes = Math.min(
        chunked ? Number.POSITIVE_INFINITY : declared,
        request.routeOptions.bodyLimit ?? 0,
      )
      if (bytesInFlight + bytes > bytesInFlightMax) {
        throw new AppError('RATE_LIMITED', {
          reason: 'too many large requests at once',
          retryAfterMs: 1_000,
        })
      }
      bytesInFlight += bytes
      held.set(request, bytes)
      // Every request ends by its response being sent or its connection being lost.
      request.raw.once('close', () => {
        bytesInFlight -= held.get(request) ?? 0
        held.delete(request)
      })
    })
  },
  { name: 'bodies-in-flight' },
)
