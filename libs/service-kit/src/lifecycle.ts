import type { Logger } from './logger.ts'

/** Longer than any graceful stop takes; the launcher and orchestrators of containers kill after it anyway. */
const stopMsMax = 9_000

/** Runs `stop` once, on the first signal, and ends the process. A second signal ends it at once. */
export const onShutdown = (log: Logger, stop: () => Promise<void>): void => {
  let stopping = false
  const shutdown = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1)
    stopping = true
    log.info({ signal }, 'stopping')
    const deadline = setTimeout(() => {
      log.warn('did not stop in time')
      process.exit(1)
    }, stopMsMax)
    deadline.unref()
    void stop().then(
      () => {
        log.info('stopped')
        process.exit(0)
      },
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, shutdown)
  // What nobody handles leaves a process in a state that nobody knows: it says so and starts again.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'crashed')
    process.exit(1)
  })
}
