import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import type { Redis } from 'ioredis'

/** No call waits for Redis: what takes longer than this is an outage. */
const commandTimeoutMs = 1_000

/** What workers tell each other. Null where there is no Redis: then every worker learns for itself. */
export type SharedRedis = {
  /** @throws {Error} when Redis is away. */
  run: <T>(work: (redis: Redis) => Promise<T>) => Promise<T>
  /** Everything that is published there; `onBack` runs whenever messages may have been missed. */
  listen: (channel: string, onMessage: (text: string) => void, onBack: () => void) => void
  stop: () => void
}

export const connectSharedRedis = async ({
  redisUrl,
  log,
}: {
  redisUrl: string | undefined
  log: Logger
}): Promise<SharedRedis | null> => {
  if (redisUrl === undefined) return null
  const { Redis } = await import('ioredis')
  const open = () =>
    new Redis(redisUrl, {
      maxRetriesPerRequest: 1,
      // What would have to wait for the connection fails at once instead.
      enableOfflineQueue: false,
      commandTimeout: commandTimeoutMs,
    })
  const redis = open()
  const listeners: Redis[] = []
  const outage = createOutageLog({
    log,
    away: 'Redis cannot be reached; this worker learns alone',
    back: 'Redis is back: workers share what they learn again',
  })
  redis.on('error', outage.failed)
  redis.on('ready', outage.worked)
  await firstConnection(redis)

  return {
    run: async (work) => {
      try {
        const result = await work(redis)
        outage.worked()
        return result
      } catch (error) {
        outage.failed(error)
        throw error
      }
    },
    listen: (channel, onMessage, onBack) => {
      const listener = open()
      listeners.push(listener)
      // The other connection says it already.
      listener.on('error', () => {})
      listener.on('message', (_channel: string, text: string) => onMessage(text))
      listener.on('ready', () => {
        listener.subscribe(channel).then(onBack, () => listener.disconnect(true))
      })
    },
    stop: () => {
      redis.disconnect()
      for (const listener of listeners) listener.disconnect()
    },
  }
}

/** A worker starts with what the others know, if they can be asked. */
const firstConnection = (redis: Redis): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, commandTimeoutMs)
    redis.once('ready', () => {
      clearTimeout(timer)
      resolve()
    })
  })
