import { fileURLToPath } from 'node:url'
import { anyHeadlineSubject, anyTaskEventSubject } from '@maestro/contracts/bus/subjects'
import { loadConfig } from '@maestro/service-kit/config'
import { consumeEvents } from '@maestro/service-kit/consume-events'
import { factEndpoint } from '@maestro/service-kit/fact-endpoint'
import { startFactRelay } from '@maestro/service-kit/fact-relay'
import { onShutdown } from '@maestro/service-kit/lifecycle'
import { serve } from '@maestro/service-kit/serve'
import { startService } from '@maestro/service-kit/start-service'
import { Config } from './config.ts'
import { endTypes } from './end/end-items.ts'
import { freeSlots } from './end/free-slots.ts'
import { schedulerEndpoints } from './endpoints.ts'
import { ensureDefaultQueue, queueNames } from './queues.ts'
import { runQueue, type RunningQueue } from './run-queue.ts'

const config = loadConfig(Config, process.env)
const migrations = fileURLToPath(new URL('../drizzle', import.meta.url))
const { log, nats, sql, call, close } = await startService('scheduler', config, { migrations })
await ensureDefaultQueue(sql, config.SCHEDULER_SLOTS_MAX)

const now = () => new Date()
const relay = await startFactRelay({ sql, nats, log, service: 'scheduler' })
const queues = new Map<string, RunningQueue>()
for (const queue of await queueNames(sql)) {
  const running = await runQueue({
    sql,
    call,
    queue,
    copy: config.COPY_NAME,
    redisUrl: config.REDIS_URL,
    prefix: 'maestro',
    log,
    now,
    onFacts: relay.wake,
  })
  queues.set(queue, running)
}
const consumer = await consumeEvents({
  nats,
  log,
  durable: 'scheduler-headlines',
  replaces: { durable: 'scheduler', filterSubject: anyTaskEventSubject },
  filterSubject: anyHeadlineSubject,
  types: endTypes,
  handle: freeSlots({ sql, queues, now, onFacts: relay.wake }),
})
const served = await serve(
  { nats, log, service: 'scheduler', version: '0.1.0', outages: [relay.outage] },
  [
    ...schedulerEndpoints({ sql, call, queues, now, onFacts: relay.wake }),
    factEndpoint('scheduler', sql),
  ],
)

onShutdown(log, async () => {
  await served.stop()
  await Promise.all([...queues.values()].map((queue) => queue.stop()))
  await consumer.stop()
  await relay.stop()
  await close()
})
log.info('ready')
