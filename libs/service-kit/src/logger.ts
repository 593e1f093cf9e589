import { type Logger, pino } from 'pino'

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

/** One JSON object per line. Messages are constant; what varies goes into fields. Secrets are masked wherever they stand. */
export const createLogger = ({
  service,
  copy,
  level,
}: {
  service: string
  copy: string
  level: string
}): Logger =>
  pino(
    {
      level,
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
    openDestination(),
  )
