import { z } from 'zod'
import { NanoUsd, UsdText } from '../money/nano-usd.ts'

/**
 * What one step may use at most; what is left out is bounded by the task alone. Looked at before each
 * turn, so that the last one may go beyond tokens and money by what it takes.
 */
export const StepCaps = z.object({
  /** Turns of one attempt; never more than the task's. */
  turnsMax: z.int().min(1).max(100).optional(),
  /** In and out, of all attempts. */
  tokensMax: z.int().min(1).max(100_000_000).optional(),
  /** Of all attempts. */
  costNanoUsd: NanoUsd.optional(),
  /** Of all attempts; what waits for a person is not counted. */
  durationMs: z
    .int()
    .min(1_000)
    .max(7 * 24 * 3_600_000)
    .optional(),
})
export type StepCaps = z.infer<typeof StepCaps>

/** The same as people write it: money in US dollars. */
export const StepCapsDraft = StepCaps.omit({ costNanoUsd: true }).extend({
  costUsd: UsdText.optional(),
})
export type StepCapsDraft = z.infer<typeof StepCapsDraft>

/** Which bound was reached, in its own unit. */
export const ReachedLimit = z.object({
  name: z.enum(['turns', 'tokens', 'money', 'time', 'tool-calls', 'model-calls', 'bytes']),
  max: z.int().nonnegative(),
  reached: z.int().nonnegative(),
})
export type ReachedLimit = z.infer<typeof ReachedLimit>
