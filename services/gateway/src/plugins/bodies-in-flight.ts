import { AppError } from '@maestro/contracts/errors'
import fp from 'fastify-plugin'
import './request-types.ts'

/** A body takes several times its size while it is parsed and uploaded: this many bytes are well below what the process may have. */
export const bytesInFlightDefault = 256 * 1024 * 1024

/** A file that is handed on as it comes: what of it is on its way at once. */
const streamedBytesMax = 8 * 1024 * 1024

/** Refuses bodies for a moment rather than running out of memory. */
export const bodiesInFlightPlugin = fp<{ bytesInFlightMax: number }>(
  async (app, { bytesInFlightMax }) => {
    let bytesInFlight = 0

    app.addHook('onRequest', async (request, reply) => {
      if (request.method === 'GET' || request.method === 'HEAD') return
      const { bodyLimit, config } = request.routeOptions
      const declared = Number(request.headers['content-length'] ?? 0)
      // A body without a length may grow up to the route's limit.
      const chunked = request.headers['transfer-encoding'] !== undefined
      const bytes = Math.min(
        chunked ? Number.POSITIVE_INFINITY : declared,
        config.takes === undefined ? (bodyLimit ?? 0) : streamedBytesMax,
      )
      if (bytesInFlight + bytes > bytesInFlightMax) {
        throw new AppError('RATE_LIMITED', {
          reason: 'too many large requests at once',
          retryAfterMs: 1_000,
        })
      }
      bytesInFlight += bytes
      // Sent, or its connection lost: in the end every response closes.
      reply.raw.once('close', () => {
        bytesInFlight -= bytes
      })
    })
  },
  { name: 'bodies-in-flight' },
)
