import { taskFileMediaType } from '@maestro/contracts/gateway/routes/import-routes'
import { AppError } from '@maestro/contracts/errors'
import fp from 'fastify-plugin'
import './request-types.ts'

/** Hands a file on as it comes, to the routes that take one: it is nowhere held whole. Its bound is its reader's to keep. */
export const fileBodiesPlugin = fp(
  async (app) => {
    app.addContentTypeParser(taskFileMediaType, (request, body, done) => {
      const { config, bodyLimit } = request.routeOptions
      if (config.takes !== taskFileMediaType) {
        done(new AppError('UNSUPPORTED_MEDIA_TYPE', { taken: ['application/json'] }))
        return
      }
      const declared = Number(request.headers['content-length'] ?? 0)
      const tooLarge = bodyLimit !== undefined && declared > bodyLimit
      done(
        tooLarge
          ? new AppError('PAYLOAD_TOO_LARGE', { bytes: declared, bytesMax: bodyLimit })
          : null,
        body,
      )
    })
  },
  { name: 'file-bodies', dependencies: ['json-bodies'] },
)
