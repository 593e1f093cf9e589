import { z } from 'zod'
import type { PlaceLimits } from './places.ts'

const callsMax = (usual: number) => z.coerce.number().int().min(1).max(100_000).default(usual)

/** What the router reads from its environment about calls at once; spread it into the service's own schema. */
export const placeConfig = {
  /** The limits of the providers count requests and tokens, so that these are only a guard. */
  GROQ_CALLS_MAX: callsMax(1_024),
  GEMINI_CALLS_MAX: callsMax(1_024),
  /** One machine, which lets what is too much wait in a queue of its own. */
  OLLAMA_CALLS_MAX: callsMax(64),
  KEY_CALLS_MAX: callsMax(1_024),
}
const PlaceConfig = z.object(placeConfig)

export const placeLimitsOf = (config: z.infer<typeof PlaceConfig>): PlaceLimits => ({
  perProvider: {
    groq: config.GROQ_CALLS_MAX,
    gemini: config.GEMINI_CALLS_MAX,
    ollama: config.OLLAMA_CALLS_MAX,
    rehearsal: null,
  },
  perKey: config.KEY_CALLS_MAX,
})
