import { z } from 'zod'
import { ProviderName } from './chat.ts'

/** Who is asked first of those that can answer now: as ordered, the fastest, the cheapest, or the one with the most left of its limits. */
export const StrategyPreference = z.enum(['order', 'latency', 'price', 'headroom'])
export type StrategyPreference = z.infer<typeof StrategyPreference>

const providers = z
  .array(ProviderName)
  .min(1)
  .max(4)
  .refine((names) => new Set(names).size === names.length, 'a provider stands in the order once')
const models = z.partialRecord(ProviderName, z.string().trim().min(1).max(120))

/** Who may answer calls, in which order. What is left out is decided by the strategy below: that of the request over the agent's, the task's and the system's. */
export const CallStrategy = z.strictObject({
  /** Only these, in this order. */
  providers: providers.optional(),
  /** In place of the provider's default. */
  models: models.optional(),
  prefer: StrategyPreference.optional(),
})
export type CallStrategy = z.infer<typeof CallStrategy>

/** The strategy of the system: of its providers those that are configured are asked, and `rehearsal` where none is. */
export const SystemStrategy = z.strictObject({ providers, models, prefer: StrategyPreference })
export type SystemStrategy = z.infer<typeof SystemStrategy>

export const defaultStrategy: SystemStrategy = {
  providers: ['groq', 'gemini', 'ollama'],
  models: {},
  prefer: 'order',
}

/** One strategy over others, the first one over all: each part is decided by the first that says something, models provider by provider. */
export const mergeStrategies = (
  ...strategies: readonly (CallStrategy | undefined)[]
): CallStrategy => {
  const merged: CallStrategy = {}
  for (const strategy of strategies) {
    merged.providers ??= strategy?.providers
    merged.prefer ??= strategy?.prefer
    if (strategy?.models !== undefined) merged.models = { ...strategy.models, ...merged.models }
  }
  return merged
}
