import { AppError } from '@maestro/contracts/errors'
import { NatsError, NatsErrorCode } from './nats.ts'

/** There is no connection, or nobody answers: after these, asking again helps. All others are defects of ours. */
const unavailable: ReadonlySet<string> = new Set([
  NatsErrorCode.NoResponders,
  NatsErrorCode.Cancelled,
  NatsErrorCode.Disconnect,
  NatsErrorCode.ConnectionClosed,
  NatsErrorCode.ConnectionDraining,
  NatsErrorCode.ConnectionRefused,
  NatsErrorCode.ConnectionTimeout,
])

/** Tells an outage of the bus from a defect. What was asked may have been carried out: only repeat what is idempotent. */
export const asBusOutage = (error: unknown, details: Record<string, unknown> = {}): unknown => {
  if (!(error instanceof NatsError)) return error
  const cause = { cause: error }
  if (error.code === NatsErrorCode.Timeout) return new AppError('TIMEOUT', details, cause)
  if (error.code === NatsErrorCode.MaxPayloadExceeded) {
    return new AppError('PAYLOAD_TOO_LARGE', details, cause)
  }
  return unavailable.has(error.code) ? new AppError('UNAVAILABLE', details, cause) : error
}
