import { environmentKeyId } from '@maestro/contracts/llm/key-id'
import type { Logger } from '@maestro/service-kit/logger'
import type { ProviderGate } from '../call/admit.ts'
import { createPlaces, type PlaceLimits } from '../places/places.ts'
import { createCallStatistics } from './call-statistics.ts'
import { type ConditionChange, openConditionBoard } from './condition-board.ts'
import { createProviderConditions } from './provider-conditions.ts'
import { connectSharedRedis } from './shared-redis.ts'

/** Everything that workers share about their providers, over one Redis. */
export const openProviderGate = async ({
  redisUrl,
  worker,
  limits,
  onChange,
  log,
}: {
  redisUrl: string | undefined
  /** This life of this copy. */
  worker: string
  limits: PlaceLimits
  onChange: (change: ConditionChange) => void
  log: Logger
}): Promise<ProviderGate & { stop: () => Promise<void> }> => {
  const redis = await connectSharedRedis({ redisUrl, log })
  const board = await openConditionBoard({ redis, onChange })
  const conditions = createProviderConditions({ board })
  const statistics = createCallStatistics({ redis, worker })
  const places = createPlaces({ redis, worker, limits })
  // Whoever starts a worker may have put its key right.
  for (const provider of ['groq', 'gemini'] as const)
    conditions.forgiveKey({ provider, keyId: environmentKeyId })
  return {
    conditions,
    statistics,
    places,
    stop: async () => {
      places.stop()
      board.stop()
      await statistics.stop()
      redis?.stop()
    },
  }
}
