import { consumeStream, type ConsumeStreamOptions } from './consume-stream.ts'
import { type JetStreamManager, NatsError } from './nats.ts'
import { createOutageLog } from './outage-log.ts'
import { type AfterRound, startLoop } from './start-loop.ts'

const lookEveryMs = 500

/**
 * Handles what a consumer of an earlier version was told and has not taken, and removes it then: it
 * would hear for ever what nobody takes. Where there is none, nothing happens.
 */
export const finishConsumer = (options: ConsumeStreamOptions): { stop: () => Promise<void> } => {
  const { nats, log, stream, durable } = options
  let taking: Awaited<ReturnType<typeof consumeStream>> | null = null
  const stopTaking = async () => {
    await taking?.stop()
    taking = null
  }

  /** Null: the consumer is not there. */
  const waitingIn = async ({ consumers }: JetStreamManager): Promise<number | null> => {
    try {
      const { num_pending: pending, num_ack_pending: taken } = await consumers.info(stream, durable)
      return pending + taken
    } catch (error) {
      if (error instanceof NatsError && error.code === '404') return null
      throw error
    }
  }
  const finish = async (): Promise<AfterRound> => {
    const manager = await nats.jetstreamManager({ timeout: 10_000 })
    const left = await waitingIn(manager)
    if (left !== null && left > 0) {
      taking ??= await consumeStream(options)
      return undefined
    }
    await stopTaking()
    if (left === null) return 'done'
    await manager.consumers.delete(stream, durable)
    log.info({ durable }, 'the consumer of an earlier version is finished')
    return 'done'
  }
  const loop = startLoop({
    work: finish,
    restMs: lookEveryMs,
    outage: createOutageLog({
      log,
      away: 'a consumer of an earlier version cannot be looked at',
      back: 'a consumer of an earlier version can be looked at again',
      fields: { durable },
    }),
  })
  return {
    stop: async () => {
      await loop.stop()
      await stopTaking()
    },
  }
}
