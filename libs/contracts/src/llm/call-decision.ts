import { z } from 'zod'
import { NanoUsd } from '../money/nano-usd.ts'
import { StrategyPreference } from './call-strategy.ts'
import { ProviderName } from './chat.ts'
import { KeyId } from './key-id.ts'

/** One that could have answered, as it was when the call began. */
export const ConsideredModel = z.object({
  provider: ProviderName,
  model: z.string(),
  keyId: KeyId.nullable(),
  /** `busy`: all its places were taken. `cooling`: told to wait. `broken`: failed too often. `trial`: to find out whether it is back. */
  state: z.enum(['ready', 'trial', 'busy', 'cooling', 'broken', 'off']),
  /** Why it was not ready; empty when it was. */
  reason: z.string().max(200),
  /** The median of the last minutes; null: nobody has asked it lately. */
  latencyMs: z.int().nonnegative().nullable(),
  /** What this call was expected to cost; null: no price is known. */
  priceNanoUsd: NanoUsd.nullable(),
  /** The share of our limits that was left, in percent; null: it says nothing about limits. */
  headroomPercent: z.int().min(0).max(100).nullable(),
})
export type ConsideredModel = z.infer<typeof ConsideredModel>

/** Whom a call asked in which order, and why. What came of it stands in its attempts. */
export const CallDecision = z.object({
  prefer: StrategyPreference,
  /** Whether the providers were wished for, by request, agent or task; else they are the system's. */
  isWished: z.boolean(),
  /** Of the system's strategy, which decided what was left open. */
  strategyVersion: z.int().positive(),
  /** In the order in which they were to be asked. */
  considered: z.array(ConsideredModel).max(4),
})
export type CallDecision = z.infer<typeof CallDecision>
