import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { sweepCancelMarks } from './cancel-marks.ts'

const sweepEveryMs = 3_600_000

/** Takes away what nobody can ask for any more. Any worker may do it, at any time. */
export const startJournalSweep = ({
  sql,
  log,
}: {
  sql: Sql
  log: Logger
}): { stop: () => void } => {
  const sweep = () =>
    sweepCancelMarks(sql).catch((error: unknown) =>
      log.warn({ err: error }, 'old cancel marks could not be swept'),
    )
  const timer = setInterval(() => void sweep(), sweepEveryMs)
  return { stop: () => clearInterval(timer) }
}
