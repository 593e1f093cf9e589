import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { streams } from '@maestro/contracts/bus/streams'
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

export type ConsumeOptions = {
  nats: NatsConnection
  log: Logger
  /** Names the consumer; its place in the stream outlives this process, and copies share it. */
  durable: string
  /** One filter, such as `maestro.event.task.*`. */
  filterSubject: string
  /** Must be idempotent: what was not confirmed comes again. When it throws, the whole batch comes again. */
  handle: (events: readonly CloudEvent[]) => Promise<void>
  /** Events of one call of `handle`. */
  batchMax?: number
}

/** Messages in flight to this copy: two batches, so that the next one waits when one is done. */
const inFlightMax = 1_024
const redeliverAfterMs = 1_000

/** Hands events of the stream to `handle` in groups, in order, at least once. Never ends by itself. */
export const consumeEvents = async ({
  nats,
  log,
  durable,
  filterSubject,
  handle,
  batchMax = 512,
}: ConsumeOptions): Promise<{ stop: () => Promise<void> }> => {
  const manager = await nats.jetstreamManager({ timeout: 10_000 })
  const ensureConsumer = () =>
    manager.consumers.add(streams.events.name, {
      durable_name: durable,
      filter_subject: filterSubject,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(30_000),
      max_ack_pending: inFlightMax,
    })

  const batcher = createBatcher<JsMsg, void>({
    itemsMax: batchMax,
    run: async (messages) => {
      const events: CloudEvent[] = []
      for (const message of messages) {
        const event = CloudEvent.safeParse(safeJson(message))
        if (event.success) events.push(event.data)
        // A message that is no event would come again for ever; it is said and passed over.
        else log.error({ subject: message.subject, durable }, 'not an event')
      }
      if (events.length > 0) await handle(events)
      return messages.map(() => undefined)
    },
  })

  let stopped = false
  let messages: ConsumerMessages | null = null
  const settle = async (message: JsMsg) => {
    try {
      await batcher.add(message)
      message.ack()
    } catch (error) {
      log.warn({ err: error, durable }, 'events could not be handled and will come again')
      message.nak(redeliverAfterMs)
    }
  }
  const listen = async () => {
    while (!stopped) {
      try {
        await ensureConsumer()
        const consumer = await nats.jetstream().consumers.get(streams.events.name, durable)
        messages = await consumer.consume({
          max_messages: batchMax,
          // Else it would wait for ever for a consumer that is lost together with its stream.
          abort_on_missing_resource: true,
        })
        for await (const message of messages) void settle(message)
      } catch (error) {
        if (!stopped) log.warn({ err: error, durable }, 'the event consumer starts again')
      }
      // The stream or the consumer is gone, or the server is: a short wait, then from where it stood.
      if (!stopped) await new Promise((resolve) => setTimeout(resolve, redeliverAfterMs))
    }
  }
  await ensureConsumer()
  const listening = listen()

  return {
    stop: async () => {
      stopped = true
      await messages?.close()
      await listening
      await batcher.idle()
    },
  }
}

const safeJson = (message: JsMsg): unknown => {
  try {
    return message.json()
  } catch {
    return null
  }
}
