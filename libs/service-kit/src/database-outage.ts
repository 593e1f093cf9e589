import { AppError } from '@maestro/contracts/errors'
import { NatsError } from './nats.ts'

/**
 * Lost or refused connections, a server that shuts down or starts, has no room left or takes no writes at
 * the moment, locks and statements that took too long, deadlocks.
 */
const outageCodes =
  /^(08...|57P0.|57014|55P03|40P01|40001|53...|25006|CONNECTION_.*|CONNECT_TIMEOUT|ECONN.*|EPIPE|ETIMEDOUT)$/

/**
 * Tells an outage of the database, after which asking again helps, from a defect of ours.
 * A commit whose answer was lost may have happened: only repeat what is idempotent.
 */
export const asDatabaseOutage = (error: unknown): unknown => {
  // Errors of the bus have codes of the same form.
  if (error instanceof NatsError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return outageCodes.test(code)
    ? new AppError('UNAVAILABLE', { what: 'database' }, { cause: error })
    : error
}
