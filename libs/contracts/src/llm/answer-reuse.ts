import { z } from 'zod'

/** A model's answer to the very same question is worth little after a month, and the cache has to end somewhere. */
const ageMsMax = 30 * 24 * 3_600_000

/**
 * Says that a call may be answered with the answer to the same request that was bought before, or is
 * being bought right now. Left out: it is asked anew.
 */
export const AnswerReuse = z.object({
  /** How old that answer may be when the call starts; 0 takes none that exists and leaves its own to others. */
  maxAgeMs: z.int().nonnegative().max(ageMsMax),
})
export type AnswerReuse = z.infer<typeof AnswerReuse>
