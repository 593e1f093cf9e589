import { streams } from '@maestro/contracts/bus/streams'
import type { Logger } from '@maestro/service-kit/logger'
import { type NatsConnection, NatsError } from '@maestro/service-kit/nats'
import type { Marks } from './marks.ts'

/**
 * The consumer remembers what it was given, and not whether the database that it was written to is
 * still there. A database without the mark has nothing: the consumer begins at the stream's first event.
 */
export const readStreamAnew = async ({
  nats,
  marks,
  log,
  durable,
}: {
  nats: NatsConnection
  marks: Marks
  log: Logger
  durable: string
}): Promise<void> => {
  if (await marks.has('stream')) return
  const manager = await nats.jetstreamManager({ timeout: 10_000 })
  try {
    await manager.consumers.delete(streams.events.name, durable)
    log.info({ durable }, 'the stream is read from its beginning')
  } catch (error) {
    if (!(error instanceof NatsError) || error.code !== '404') throw error
  }
  await marks.set('stream')
}
