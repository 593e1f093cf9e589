import { AppError, isErrorCode } from '@maestro/contracts/errors'
import type { MsgHdrs } from './nats.ts'
import { headers, ServiceErrorCodeHeader, ServiceErrorHeader } from './nats.ts'

/** Unknown errors are defects; their text stays in our logs. */
export const toAppError = (error: unknown): AppError =>
  error instanceof AppError ? error : new AppError('INTERNAL', {}, { cause: error })

// The header names of the NATS services protocol, so that standard tools show our errors.
export const errorHeaders = (error: AppError): MsgHdrs => {
  const fields = headers()
  fields.set(ServiceErrorCodeHeader, String(error.status))
  fields.set(ServiceErrorHeader, error.code)
  return fields
}

export const errorName = (fields: MsgHdrs | undefined): string =>
  fields?.get(ServiceErrorHeader) ?? ''

export const fromErrorBody = (name: string, body: unknown): AppError => {
  const { message, details } =
    typeof body === 'object' && body !== null
      ? (body as { message?: unknown; details?: unknown })
      : {}
  // A newer peer may know codes that we do not: that is its defect, not ours.
  if (!isErrorCode(name)) return new AppError('INTERNAL', { peerCode: name })
  const known =
    typeof details === 'object' && details !== null ? (details as Record<string, unknown>) : {}
  return new AppError(name, known, typeof message === 'string' ? { message } : {})
}
