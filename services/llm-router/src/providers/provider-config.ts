import { z } from 'zod'

/** A variable that is set to nothing is not set. */
const given = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional()

/** What the router reads from its environment about its providers; spread it into the service's own schema. */
export const providerConfig = {
  GROQ_API_KEY: given,
  GROQ_BASE_URL: given,
  GROQ_MODEL: given,
  GEMINI_API_KEY: given,
  GEMINI_BASE_URL: given,
  GEMINI_MODEL: given,
  GEMINI_EMBED_MODEL: given,
  /** `off`: none, even where one answers at the usual address. */
  OLLAMA_BASE_URL: given,
  OLLAMA_MODEL: given,
  OLLAMA_EMBED_MODEL: given,
  OLLAMA_CONTEXT_TOKENS_MAX: z.coerce.number().int().min(2_048).max(262_144).optional(),
} as const

export const ProviderConfig = z.object(providerConfig)
export type ProviderConfig = z.infer<typeof ProviderConfig>
