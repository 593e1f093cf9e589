import { hostname } from 'node:os'
import { z } from 'zod'

const copyNameCharactersMax = 60

/** What every service reads from its environment; each adds its own. */
export const serviceConfig = {
  NATS_URL: z.string().min(1),
  NATS_USER: z.string().optional(),
  NATS_PASSWORD: z.string().optional(),
  NATS_INBOX_PREFIX: z.string().optional(),
  POSTGRES_URL: z.string().min(1),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Names this process among copies of its service; only one process of a name runs at a time. */
  COPY_NAME: z
    .string()
    .min(1)
    .max(copyNameCharactersMax)
    // In a container the host has a name of its own, and keeps it when it is started again.
    .default(() => hostname().slice(0, copyNameCharactersMax)),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().optional(),
} as const
