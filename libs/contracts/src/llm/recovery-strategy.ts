import { z } from 'zod'
import { FailureClass } from './call-facts.ts'

/** Tries of one call at one provider, the first one included. All tries of a call together have a bound of their own. */
const triesMax = z.int().min(2).max(5)
/** When the provider has had its tries: the next one, or the end of the call, with a question to a person or without. */
const afterwards = z.enum(['fall-back', 'ask', 'fail'])
const waitMsMax = z.int().min(0).max(300_000)
const backoffMs = z.int().min(0).max(60_000)

/** What a call does after a failure of one class. */
export const RecoveryStrategy = z.discriminatedUnion('do', [
  /** The same provider again, after anything up to a bound that doubles from `backoffMsBase` to `backoffMsMax`. */
  z
    .strictObject({
      do: z.literal('retry'),
      triesMax,
      backoffMsBase: backoffMs,
      backoffMsMax: backoffMs,
      afterwards,
    })
    .refine(({ backoffMsBase, backoffMsMax }) => backoffMsBase <= backoffMsMax, {
      message: 'backoffMsBase must not be above backoffMsMax',
    }),
  /** The same provider again when it has waited as told: up to `waitMsMax`, and up to `lastResortWaitMsMax` when nobody else is left. */
  z.strictObject({
    do: z.literal('wait'),
    triesMax,
    waitMsMax,
    lastResortWaitMsMax: waitMsMax,
    afterwards,
  }),
  /** The same provider again at once, and it is told what was wrong with its answer. */
  z.strictObject({ do: z.literal('repair'), triesMax, afterwards }),
  /** The next provider at once. */
  z.strictObject({ do: z.literal('fall-back') }),
  /** The end of the call, and a person says how it goes on: once more, with another model, or not at all. */
  z.strictObject({ do: z.literal('ask') }),
  /** The end of the call. */
  z.strictObject({ do: z.literal('fail') }),
])
export type RecoveryStrategy = z.infer<typeof RecoveryStrategy>

/** One for each class of failure. */
export const RecoveryStrategies = z.record(FailureClass, RecoveryStrategy)
export type RecoveryStrategies = z.infer<typeof RecoveryStrategies>
