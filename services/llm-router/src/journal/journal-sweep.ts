import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { sweepErrorReports } from '../errors/error-store.ts'
import { sweepCancelMarks } from './cancel-marks.ts'

/** Often enough that a storm of failures stays near its bound. */
const sweepEveryMs = 600_000

/** Takes away what nobody can ask for any more. Any worker may do it, at any time. */
export const startJournalSweep = ({
  sql,
  log,
}: {
  sql: Sql
  log: Logger
}): { stop: () => void } => {
  const sweep = () =>
    Promise.all([sweepCancelMarks(sql), sweepErrorReports(sql)]).catch((error: unknown) =>
      log.warn({ err: error }, 'what is old could not be swept'),
    )
  const timer = setInterval(() => void sweep(), sweepEveryMs)
  return { stop: () => clearInterval(timer) }
}
