import { z } from 'zod'

/** The first 16 digits of a SHA-256 over canonical JSON: enough to tell apart what differs by itself. */
const PartDigest = z.string().regex(/^[0-9a-f]{16}$/)

/**
 * What a model was asked, as digests of its parts. Whoever makes the request again can tell whether it is
 * the same one, and which part of it is not.
 */
export const AskedRequest = z.object({
  /** The task's position when the request was made. */
  seq: z.int().positive(),
  /** Who the model is told to be. */
  system: PartDigest,
  messages: PartDigest,
  tools: PartDigest,
  /** The schema of the answer, and how long it may be. */
  answer: PartDigest,
  /** Who may answer, for whom, and on which terms. */
  terms: PartDigest,
})
export type AskedRequest = z.infer<typeof AskedRequest>
