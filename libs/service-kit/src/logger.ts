import { type Logger, pino } from 'pino'

export type { Logger }

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
  pino({
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
  })
