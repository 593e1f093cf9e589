import { ProviderName } from '@maestro/contracts/llm/chat'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { z } from 'zod'

const Cooldown = z.object({ untilMs: z.number(), reason: z.string() })
type Cooldown = z.infer<typeof Cooldown>

/** Cooldowns that other workers learned. Read from a local copy, so that no call waits for Redis. */
export type SharedCooldowns = {
  of: (provider: ProviderName) => Cooldown | undefined
  share: (provider: ProviderName, cooldown: Cooldown) => void
  stop: () => Promise<void>
}

const keyOf = (provider: ProviderName) => `llm:cooldown:${provider}`
/** How late a worker may learn what another one knows. */
const refreshEveryMs = 1_000
const commandTimeoutMs = 1_000

/** Without Redis every worker learns for itself. */
export const createSharedCooldowns = async ({
  redisUrl,
  log,
}: {
  redisUrl: string | undefined
  log: Logger
}): Promise<SharedCooldowns> => {
  if (redisUrl === undefined) return { of: () => undefined, share: () => {}, stop: async () => {} }
  const { Redis } = await import('ioredis')
  const redis = new Redis(redisUrl, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: commandTimeoutMs,
  })
  const outage = createOutageLog({
    log,
    away: 'shared cooldowns cannot be reached; this worker learns alone',
    back: 'shared cooldowns are back',
  })
  redis.on('error', outage.failed)

  let known = new Map<ProviderName, Cooldown>()
  const providers = ProviderName.options
  const refresh = async () => {
    if (redis.status !== 'ready') return
    try {
      const values = await redis.mget(providers.map(keyOf))
      known = new Map(
        values.flatMap((value, index) => {
          const provider = providers[index]
          const cooldown = Cooldown.safeParse(parseJson(value))
          return provider !== undefined && cooldown.success ? [[provider, cooldown.data]] : []
        }),
      )
      outage.worked()
    } catch (error) {
      outage.failed(error)
    }
  }
  const timer = setInterval(() => void refresh(), refreshEveryMs)

  return {
    of: (provider) => known.get(provider),
    share: (provider, cooldown) => {
      const forMs = Math.ceil(cooldown.untilMs - Date.now())
      if (forMs <= 0 || redis.status !== 'ready') return
      redis.set(keyOf(provider), JSON.stringify(cooldown), 'PX', forMs).catch(outage.failed)
    },
    stop: async () => {
      clearInterval(timer)
      redis.disconnect()
    },
  }
}

const parseJson = (text: string | null): unknown => {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}
