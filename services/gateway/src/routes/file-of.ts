import { AppError } from '@maestro/contracts/errors'
import type { FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'

/** The body of a request whose route takes a file. @throws {AppError} `UNSUPPORTED_MEDIA_TYPE` where it came as something else. */
export const fileOf = ({ body, routeOptions }: FastifyRequest): Readable => {
  if (body instanceof Readable) return body
  throw new AppError('UNSUPPORTED_MEDIA_TYPE', { taken: [routeOptions.config.takes] })
}
