import { serviceConfig } from '@maestro/service-kit/service-config'
import { z } from 'zod'
import { CacheScope } from './cache/request-key.ts'
import { masterKeyConfig } from './keys/master-key-config.ts'
import { placeConfig } from './places/place-config.ts'
import { providerConfig } from './providers/provider-config.ts'

export const Config = z.object({
  ...serviceConfig,
  ...providerConfig,
  ...placeConfig,
  ...masterKeyConfig,
  /** Workers share what they learn of providers; without it each learns for itself. */
  REDIS_URL: z.string().min(1).optional(),
  /** Calls that this worker runs at once. They wait for providers, so it is memory that bounds them. */
  CALLS_IN_FLIGHT_MAX: z.coerce.number().int().min(1).max(1_024).default(64),
  /** Whose answers a call may be given from the cache: those of its own user, or those of everyone. */
  ANSWER_CACHE_SCOPE: CacheScope.default('user'),
  /** Between two pieces of a rehearsed answer, so that it can be watched. */
  REHEARSAL_CHUNK_DELAY_MS: z.coerce.number().int().min(0).max(5_000).default(15),
})
export type Config = z.infer<typeof Config>
