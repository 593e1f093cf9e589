import { serviceConfig } from '@maestro/service-kit/service-config'
import { z } from 'zod'

const Origin = z.url({ protocol: /^https?$/ }).transform((text) => new URL(text).origin)

/** What the gateway reads from its environment. */
export const Config = z.object({
  ...serviceConfig,
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** Signs in the owner. */
  MAESTRO_TOKEN: z.string().min(8, 'MAESTRO_TOKEN has at least 8 characters').max(500),
  /** The built console; left out: `apps/web/dist` of this tree. */
  WEB_DIST: z.string().min(1).optional(),
  /** How people reach the gateway, when that differs from where it listens; with https, cookies are sent over https only. */
  PUBLIC_URL: Origin.optional(),
  /** Other origins whose pages may ask, separated by commas. Empty: none. */
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(Origin)),
  /** Requests of one address. Generous: the console and scripts of one person come from the same one. */
  REQUESTS_PER_MINUTE_MAX: z.coerce.number().int().positive().default(12_000),
})
export type Config = z.infer<typeof Config>
