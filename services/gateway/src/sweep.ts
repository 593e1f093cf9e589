import type { Logger } from '@maestro/service-kit/logger'

const everyMs = 3_600_000

/** Removes what has run out, every hour. */
export const createSweep = ({
  log,
  tables,
}: {
  log: Logger
  tables: readonly { sweep: () => Promise<void> }[]
}): { stop: () => void } => {
  const sweepAll = async () => {
    for (const { sweep } of tables) {
      try {
        await sweep()
      } catch (error) {
        log.warn({ err: error }, 'sweeping failed, and is tried again in an hour')
      }
    }
  }
  const timer = setInterval(() => void sweepAll(), everyMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
