import { serviceConfig } from '@maestro/service-kit/service-config'
import { z } from 'zod'

export const Config = z.object({
  ...serviceConfig,
  REDIS_URL: z.string().min(1),
  /** Tasks of the default queue that run at once; left out, the queue keeps what it has (16 at first). */
  SCHEDULER_SLOTS_MAX: z.coerce.number().int().min(1).max(10_000).optional(),
})
