import { setTimeout as delay } from 'node:timers/promises'
import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { streams } from '@maestro/contracts/bus/streams'
import { createBatcher } from './batcher.ts'
import { handleInOrder } from './handle-in-order.ts'
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

export type ConsumeOptions = {
  nats: NatsConnection
  log: Logger
  /** Names the consumer; its place in the stream outlives this process, and copies share it. */
  durable: string
  /** One filter, such as `maestro.event.task.*`. */
  filterSubject: string
  /**
   * Must be idempotent: what was not confirmed comes again. While it throws outages, the same events
   * wait for it in their order. What else it throws is narrowed down to the event that it cannot take:
   * that one comes again later, and the others go on.
   */
  handle: (events: readonly CloudEvent[]) => Promise<void>
  /** Events of one call of `handle`. */
  batchMax?: number
}

/** Messages in flight to this copy: two batches, so that the next one waits when one is done. */
const inFlightMax = 1_024
/** After it an unconfirmed message goes to another copy; what waits here is kept by saying so. */
const ackWaitMs = 30_000
const workingEveryMs = 10_000
const startAgainMs = 1_000
/** For an event that cannot be taken: often enough to be mended, seldom enough to be no load. */
const comeAgainMs = 30_000

/** Hands events of the stream to `handle` in groups, in order, at least once; what comes again after a stop or a crash may come out of order. Never ends by itself. */
export const consumeEvents = async ({
  nats,
  log,
  durable,
  filterSubject,
  handle,
  batchMax = 512,
}: ConsumeOptions): Promise<{ stop: () => Promise<void> }> => {
  const stopping = new AbortController()
  const { signal } = stopping
  const fields = { durable }
  const handling = createOutageLog({
    log,
    away: 'events wait for an outage to end',
    back: 'events are handled again',
    fields,
  })
  const listening = createOutageLog({
    log,
    away: 'the event consumer starts again',
    back: 'the event consumer listens again',
    fields,
  })
  const manager = await nats.jetstreamManager({ timeout: 10_000 })
  const ensureConsumer = () =>
    manager.consumers.add(streams.events.name, {
      durable_name: durable,
      filter_subject: filterSubject,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(ackWaitMs),
      max_ack_pending: inFlightMax,
    })

  const batcher = createBatcher<JsMsg, void>({
    itemsMax: batchMax,
    run: async (batch) => {
      const events = batch.map((message) => readEvent(message))
      for (const [index, event] of events.entries()) {
        // A message that is no event would come again for ever; it is said and passed over.
        if (event === null) log.error({ subject: batch[index]?.subject, durable }, 'not an event')
      }
      const known = events.filter((event) => event !== null)
      const failed = await handleInOrder({
        events: known,
        handle,
        signal,
        log,
        outage: handling,
        durable,
      })
      return events.map((event) => (event === null ? undefined : failed.get(event)))
    },
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
        const consumer = await nats.jetstream().consumers.get(streams.events.name, durable)
        messages = await consumer.consume({
          max_messages: batchMax,
          // Else it would wait for ever for a consumer that is lost together with its stream.
          abort_on_missing_resource: true,
        })
        listening.worked()
        if (signal.aborted) await messages.close()
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

const readEvent = (message: JsMsg): CloudEvent | null => {
  try {
    return CloudEvent.parse(message.json())
  } catch {
    return null
  }
}
