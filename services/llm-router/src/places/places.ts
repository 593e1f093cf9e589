import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { SharedRedis } from '../conditions/shared-redis.ts'
import type { ConditionSubject } from '../strategy/list-candidates.ts'
import { createPlacePool, placeLeaseMs, type PlacePool } from './place-pool.ts'

/** Calls at once, over all workers; null: as many as there are. */
export type PlaceLimits = {
  perProvider: Readonly<Record<ProviderName, number | null>>
  perKey: number | null
}

export type Places = {
  /** A place at the provider and at the key. Waits at most this long. @returns what gives it back; null when there was none. */
  enter: (
    subject: ConditionSubject,
    options: { signal: AbortSignal; waitMs: number },
  ) => Promise<(() => void) | null>
  /** Whether there was none left when this worker last asked. */
  isFull: (subject: ConditionSubject) => boolean
  stop: () => void
}

/** Three times per lease: one may be late. */
const keepEveryMs = Math.floor(placeLeaseMs / 3)

export const createPlaces = ({
  redis,
  worker,
  limits,
}: {
  redis: SharedRedis | null
  worker: string
  limits: PlaceLimits
}): Places => {
  const pools = new Map<string, PlacePool>()
  const poolOf = (name: string, callsMax: number): PlacePool => {
    const known = pools.get(name) ?? createPlacePool({ redis, name, worker, callsMax })
    pools.set(name, known)
    return known
  }
  /** Always in the same order, so that two calls cannot wait for each other. */
  const poolsOf = ({ provider, keyId }: ConditionSubject): readonly PlacePool[] => {
    const ofProvider = limits.perProvider[provider]
    return [
      ...(keyId === null || limits.perKey === null
        ? []
        : [poolOf(`key:${provider}:${keyId}`, limits.perKey)]),
      ...(ofProvider === null ? [] : [poolOf(`provider:${provider}`, ofProvider)]),
    ]
  }
  const timer = setInterval(() => {
    for (const pool of pools.values()) void pool.sync()
  }, keepEveryMs)

  return {
    enter: async (subject, { signal, waitMs }) => {
      const taken: PlacePool[] = []
      const leave = () => {
        for (const pool of taken.splice(0)) pool.free()
      }
      for (const pool of poolsOf(subject)) {
        if (!pool.tryTake() && !(await pool.take(signal, waitMs))) {
          leave()
          return null
        }
        taken.push(pool)
      }
      return leave
    },
    isFull: (subject) => poolsOf(subject).some((pool) => pool.isFull()),
    stop: () => clearInterval(timer),
  }
}
