import { AppError } from '@maestro/contracts/errors'
import type { ErrorBody } from '@maestro/contracts/error-body'
import type { Logger } from '@maestro/service-kit/logger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { toHttpError } from './to-http-error.ts'

/** An error as every wire shows it. What broke inside stays in the logs. */
export const errorBodyOf = (error: AppError, requestId: string): ErrorBody => ({
  code: error.code,
  message: error.message,
  details: error.code === 'INTERNAL' ? {} : error.details,
  requestId,
})

const retryAfterSeconds = ({ details }: AppError): string => {
  const afterMs = details['retryAfterMs']
  return String(Math.max(1, Math.ceil((typeof afterMs === 'number' ? afterMs : 1_000) / 1_000)))
}

/** Answers with an error; the only place where one becomes HTTP. */
export const createErrorReply =
  (log: Logger) =>
  async (cause: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { bodyLimit, config } = request.routeOptions ?? {}
    const error = toHttpError(cause, { bodyBytesMax: bodyLimit, takes: config?.takes })
    if (error.status >= 500) {
      const route = request.routeOptions?.url ?? 'none'
      log[error.retry ? 'warn' : 'error'](
        { err: error, requestId: request.id, method: request.method, route },
        'request failed',
      )
    }
    if (error.status === 429 || error.status === 503) {
      void reply.header('retry-after', retryAfterSeconds(error))
    }
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store')
    // A handler that meant to send a file has said so already; the error is JSON.
    reply.removeHeader('content-disposition').removeHeader('etag').removeHeader('content-length')
    await reply
      .status(error.status)
      .type('application/json; charset=utf-8')
      .send({ error: errorBodyOf(error, request.id) })
  }

export const errorsPlugin = fp<{ log: Logger }>(
  async (app, { log }) => {
    const replyWithError = createErrorReply(log)
    app.setErrorHandler(replyWithError)
    app.setNotFoundHandler((request, reply) =>
      replyWithError(
        new AppError('NOT_FOUND', { method: request.method, path: request.url.split('?')[0] }),
        request,
        reply,
      ),
    )
  },
  { name: 'errors' },
)
