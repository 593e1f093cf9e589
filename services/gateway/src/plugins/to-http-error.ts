import { AppError } from '@maestro/contracts/errors'
import { toAppError } from '@maestro/service-kit/wire-error'

/** Of a name or an id in an address. */
export const paramCharactersMax = 300

/** What the route that was asked for takes. */
type Taking = { bodyBytesMax?: number | undefined; takes?: string | undefined }

/** What Fastify and its plugins say of a request that they do not take. */
const fastifyErrors: Readonly<
  Record<string, (error: FastifyRejection, taking: Taking) => AppError>
> = {
  FST_ERR_CTP_BODY_TOO_LARGE: (cause, { bodyBytesMax: bytesMax }) =>
    new AppError(
      'PAYLOAD_TOO_LARGE',
      { reason: 'the whole request is too large', ...(bytesMax === undefined ? {} : { bytesMax }) },
      { cause },
    ),
  // Its own words quote the address.
  FST_ERR_MAX_PARAM_LENGTH: (cause) =>
    new AppError(
      'INVALID_INPUT',
      { reason: `a name or an id in the address has more than ${paramCharactersMax} characters` },
      { cause },
    ),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: (cause, { takes = 'application/json' }) =>
    new AppError('UNSUPPORTED_MEDIA_TYPE', { taken: [takes] }, { cause }),
}

type FastifyRejection = Error & { code?: string; statusCode?: number }

/** Codes of a database or a socket that is away: nobody's fault, ask again. */
const outageCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  '57P01',
  '57P03',
  '53300',
])

/** The only place where an error of any kind becomes one that HTTP knows. */
export const toHttpError = (error: unknown, taking: Taking = {}): AppError => {
  if (error instanceof AppError || !(error instanceof Error)) return toAppError(error)
  const rejection: FastifyRejection = error
  const known = fastifyErrors[rejection.code ?? '']
  if (known) return known(rejection, taking)
  if (outageCodes.has(rejection.code ?? '')) {
    return new AppError('UNAVAILABLE', { reason: 'the database does not answer' }, { cause: error })
  }
  const status = rejection.statusCode ?? 500
  if (status === 404) return new AppError('NOT_FOUND', {}, { cause: error })
  if (status >= 400 && status < 500) {
    return new AppError('INVALID_INPUT', { reason: error.message }, { cause: error })
  }
  return toAppError(error)
}
