import { setTimeout as delay } from 'node:timers/promises'
import type { streams } from '@maestro/contracts/bus/streams'
import { createBatcher } from './batcher.ts'
import type { Logger } from './logger.ts'
import {
  AckPolicy,
  type ConsumerMessages,
  DeliverPolicy,
  type JsMsg,
  nanos,
  type NatsConnection,
} from './nats.ts'
import { createOutageLog } from './outage-log.ts'

export type ConsumeStreamOptions = {
  nats: NatsConnection
  log: Logger
  stream: (typeof streams)[keyof typeof streams]['name']
  /** Names the consumer; its place in the stream outlives this process, and copies share it. */
  durable: string
  /** One filter, such as `maestro.event.task.*`. */
  filterSubject: string
  /** Must be idempotent. One result per message, in order; what ends in an error comes again later. */
  run: (messages: readonly JsMsg[], signal: AbortSignal) => Promise<readonly (undefined | Error)[]>
  /** Messages of one call of `run`. */
  batchMax: number
  /** Of calls of `run` on a busy stream, see `createBatcher`: for those whom nobody waits for. */
  paceMs?: number
}

/** After it an unconfirmed message goes to another copy; what waits here is kept by saying so. */
const ackWaitMs = 30_000
const workingEveryMs = 10_000
const startAgainMs = 1_000
/** For a message that cannot be taken: often enough to be mended, seldom enough to be no load. */
const comeAgainMs = 30_000

/** Hands messages of a stream to `run` in groups, in order, at least once; what comes again after a stop or a crash may come out of order. Never ends by itself. */
export const consumeStream = async ({
  nats,
  log,
  stream,
  durable,
  filterSubject,
  run,
  batchMax,
  paceMs = 0,
}: ConsumeStreamOptions): Promise<{ stop: () => Promise<void> }> => {
  const stopping = new AbortController()
  const { signal } = stopping
  const listening = createOutageLog({
    log,
    away: 'the event consumer starts again',
    back: 'the event consumer listens again',
    fields: { durable },
  })
  const manager = await nats.jetstreamManager({ timeout: 10_000 })
  const ensureConsumer = () =>
    manager.consumers.add(stream, {
      durable_name: durable,
      filter_subject: filterSubject,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(ackWaitMs),
      // Two batches, so that the next one waits when one is done.
      max_ack_pending: 2 * batchMax,
    })

  const batcher = createBatcher<JsMsg, undefined>({
    itemsMax: batchMax,
    paceMs,
    run: (batch) => run(batch, signal),
  })

  let messages: ConsumerMessages | null = null
  const held = new Set<JsMsg>()
  const settle = async (message: JsMsg) => {
    held.add(message)
    try {
      await batcher.add(message)
      message.ack()
    } catch {
      // Said where it happened. Another copy may have it at once when this one stops.
      message.nak(signal.aborted ? 0 : comeAgainMs)
    } finally {
      held.delete(message)
    }
  }
  const keep = setInterval(() => {
    for (const message of held) message.working()
  }, workingEveryMs)

  const listen = async () => {
    while (!signal.aborted) {
      try {
        await ensureConsumer()
        const consumer = await nats.jetstream().consumers.get(stream, durable)
        messages = await consumer.consume({
          max_messages: batchMax,
          // Else it would wait for ever for a consumer that is lost together with its stream.
          abort_on_missing_resource: true,
        })
        listening.worked()
        // Closed when it has been gone through: whoever waited for that here would wait for ever.
        if (signal.aborted) void messages.close()
        for await (const message of messages) void settle(message)
      } catch (error) {
        if (!signal.aborted) listening.failed(error)
      }
      // The stream or the consumer is gone, or the server is: a short wait, then from where it stood.
      await delay(startAgainMs, undefined, { signal }).catch(() => undefined)
    }
  }
  await ensureConsumer()
  const running = listen()

  return {
    stop: async () => {
      stopping.abort()
      await messages?.close()
      await running
      await batcher.idle()
      clearInterval(keep)
    },
  }
}
