import { serviceConfig } from '@maestro/service-kit/service-config'
import { z } from 'zod'

export const Config = z.object({
  ...serviceConfig,
  /** Tools that run at once in this copy; the sandbox has two workers and a queue of its own. */
  TOOLS_IN_FLIGHT_MAX: z.coerce.number().int().positive().default(32),
  /** Modules of more tools, as paths parted by commas; what is named here runs as our own code does. */
  TOOL_MODULES: z.string().default(''),
  /** A model call's own limit, all fallbacks included. */
  CALL_TIMEOUT_MS: z.coerce.number().int().positive().default(300_000),
})
export type Config = z.infer<typeof Config>
