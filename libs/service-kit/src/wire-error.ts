import { AppError, isErrorCode } from '@maestro/contracts/errors'
import { asBusOutage } from './bus-outage.ts'
import { asDatabaseOutage } from './database-outage.ts'
import type { MsgHdrs } from './nats.ts'
import { headers, ServiceErrorCodeHeader, ServiceErrorHeader } from './nats.ts'

/** What is no error of ours is an outage of what we stand on, or a defect; the text of a defect stays in our logs. */
export const toAppError = (error: unknown): AppError => {
  const known = asBusOutage(asDatabaseOutage(error))
  return known instanceof AppError ? known : new AppError('INTERNAL', {}, { cause: error })
}

/** True when nobody did anything wrong: the same again may go well. */
export const isOutage = (error: unknown): boolean => toAppError(error).retry

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
