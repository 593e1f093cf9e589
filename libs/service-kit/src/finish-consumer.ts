import { setTimeout as delay } from 'node:timers/promises'
import { consumeStream, type ConsumeStreamOptions } from './consume-stream.ts'
import { NatsError } from './nats.ts'
import { createOutageLog } from './outage-log.ts'

const lookEveryMs = 500

/**
 * Handles what a consumer of an earlier version was told and has not taken, and removes it then: it
 * would hear for ever what nobody takes. Where there is none, nothing happens.
 */
export const finishConsumer = (options: ConsumeStreamOptions): { stop: () => Promise<void> } => {
  const { nats, log, stream, durable } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const outage = createOutageLog({
    log,
    away: 'a consumer of an earlier version cannot be finished yet',
    back: 'a consumer of an earlier version is finished',
    fields: { durable },
  })
  const finish = async () => {
    const { consumers } = await nats.jetstreamManager({ timeout: 10_000 })
    const waiting = async () => {
      try {
        const { num_pending: pending, num_ack_pending: taken } = await consumers.info(
          stream,
          durable,
        )
        return pending + taken
      } catch (error) {
        if (error instanceof NatsError && error.code === '404') return null
        throw error
      }
    }
    const left = await waiting()
    if (left === null) return
    if (left > 0) {
      const consumer = await consumeStream(options)
      try {
        while (((await waiting()) ?? 0) > 0) await delay(lookEveryMs, undefined, { signal })
      } finally {
        await consumer.stop()
      }
    }
    await consumers.delete(stream, durable)
    log.info({ durable }, 'the consumer of an earlier version is finished')
  }
  const run = async () => {
    while (!signal.aborted) {
      try {
        await finish()
        outage.worked()
        return
      } catch (error) {
        if (signal.aborted) return
        outage.failed(error)
        await delay(lookEveryMs, undefined, { signal }).catch(() => undefined)
      }
    }
  }
  const running = run()
  return {
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
