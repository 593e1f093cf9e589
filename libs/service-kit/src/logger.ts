import { logLevelNumbers } from '@maestro/contracts/log/log-level'
import { type DestinationStream, type Logger, pino } from 'pino'
import { activeTraceId } from './trace.ts'

export type { Logger }

/** What waits while nothing can be written; newer lines are dropped then. */
const waitingBytesMax = 1024 ** 2

/**
 * Standard output. A full disk takes lines of the log, and must not take the service with them. Written
 * at once: what a service said last before it died is what one wants to read, and the flush at the end
 * of an asynchronous destination would wait for the disk for ever.
 */
const openDestination = () => {
  const destination = pino.destination({ dest: 1, sync: true, maxLength: waitingBytesMax })
  destination.on('error', () => {})
  return destination
}

/** The same lines to where they are collected, from level info on. pino tells the level of the line beside it. */
const withCollector = (
  destination: DestinationStream,
  collect: (line: string) => void,
): DestinationStream & { lastLevel: number } => ({
  [Symbol.for('pino.metadata') as never]: true,
  lastLevel: 0,
  write(line) {
    destination.write(line)
    if (this.lastLevel >= logLevelNumbers.info) collect(line)
  },
})

/** One JSON object per line. Messages are constant; what varies goes into fields. Secrets are masked wherever they stand. */
export const createLogger = ({
  service,
  copy,
  level,
  collect,
}: {
  service: string
  copy: string
  level: string
  /** Given each line that is written; must return at once and not throw. */
  collect?: (line: string) => void
}): Logger =>
  pino(
    {
      level,
      // pino writes the fields of the line into what this returns.
      mixin: () => {
        const traceId = activeTraceId()
        return traceId === undefined ? {} : { traceId }
      },
      base: { service, copy },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'apiKey',
          'authorization',
          'password',
          'token',
          '*.apiKey',
          '*.authorization',
          '*.password',
          '*.token',
          '*.headers.authorization',
        ],
        censor: '[masked]',
      },
    },
    collect === undefined ? openDestination() : withCollector(openDestination(), collect),
  )
