import { createLogger } from '@maestro/service-kit/logger'
import { connectSharedRedis, type SharedRedis } from '../conditions/shared-redis.ts'
import { eventually } from './start-test-system.ts'

const log = createLogger({ service: 'llm-router', copy: 'test', level: 'silent' })

/** Connected for certain: a worker starts without Redis when it does not answer within a second, which a busy machine may need. */
export const connectTestRedis = async (redisUrl: string): Promise<SharedRedis> => {
  const redis = await connectSharedRedis({ redisUrl, log })
  if (redis === null) throw new Error('no Redis')
  await eventually('Redis', () => redis.run((client) => client.ping()).catch(() => undefined))
  return redis
}
