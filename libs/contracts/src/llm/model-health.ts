import { z } from 'zod'
import { ConsideredModel } from './call-decision.ts'
import { FailureClass } from './call-facts.ts'
import { KeyId } from './key-id.ts'

/** Upper bounds of the median and of all but one in twenty, exact to a fifth. */
const Percentiles = z.object({ p50: z.int().nonnegative(), p95: z.int().nonnegative() })

const QuotaLeft = z.object({
  limit: z.number(),
  left: z.number(),
  /** When all of it is there again. */
  fullAt: z.iso.datetime(),
})

/** How one model does with one key: over all workers, and over the last ten minutes. */
export const ModelHealth = z.object({
  model: z.string(),
  /** Null: the provider asks for no key. */
  keyId: KeyId.nullable(),
  /** `broken`: its breaker is open, until `until`. */
  state: ConsideredModel.shape.state,
  until: z.iso.datetime().nullable(),
  reason: z.string(),
  /** That ended, answered or not; those that were stopped are not counted. */
  calls: z.int().nonnegative(),
  callsInFlight: z.int().nonnegative(),
  /** Of those calls, by class. */
  failures: z.array(z.object({ failureClass: FailureClass, calls: z.int().positive() })),
  /** From 0 to 1. */
  failureShare: z.number().min(0).max(1),
  /** Of answers; null while there was none. */
  latencyMs: Percentiles.nullable(),
  firstTokenMs: Percentiles.nullable(),
  /** What the provider last said is left of our limits, counted on to now; null where it says nothing. */
  headroom: z.object({ requests: QuotaLeft.nullable(), tokens: QuotaLeft.nullable() }).nullable(),
})
export type ModelHealth = z.infer<typeof ModelHealth>
