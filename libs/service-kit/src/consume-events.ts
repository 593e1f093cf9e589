import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { streams } from '@maestro/contracts/bus/streams'
import { consumeStream, type ConsumeStreamOptions } from './consume-stream.ts'
import { finishConsumer } from './finish-consumer.ts'
import { handleInOrder } from './handle-in-order.ts'
import type { Logger } from './logger.ts'
import type { JsMsg, NatsConnection } from './nats.ts'
import { createOutageLog } from './outage-log.ts'

export type ConsumeOptions = {
  nats: NatsConnection
  log: Logger
  /** Names the consumer; its place in the stream outlives this process, and copies share it. */
  durable: string
  /** One filter, such as `maestro.event.task.*`. */
  filterSubject: string
  /** The consumer by which an earlier version heard the same: what it has not taken is taken here. */
  replaces?: { durable: string; filterSubject: string }
  /** Only these, such as `TaskFailed`: what is of another type is confirmed without being read. Left out: all. */
  types?: readonly string[]
  /**
   * Must be idempotent: what was not confirmed comes again. While it throws outages, the same events
   * wait for it in their order. What else it throws is narrowed down to the event that it cannot take:
   * that one comes again later, and the others go on.
   */
  handle: (events: readonly CloudEvent[]) => Promise<void>
  /** Events of one call of `handle`. */
  batchMax?: number
  /** Of calls of `handle` on a busy stream, see `createBatcher`: for those whom nobody waits for. */
  paceMs?: number
}

/** Hands events of the stream to `handle` in groups, in order, at least once; what comes again after a stop or a crash may come out of order. Never ends by itself. */
export const consumeEvents = async ({
  nats,
  log,
  durable,
  filterSubject,
  replaces,
  types,
  handle,
  batchMax = 512,
  paceMs = 0,
}: ConsumeOptions): Promise<{ stop: () => Promise<void> }> => {
  const handling = createOutageLog({
    log,
    away: 'events wait for an outage to end',
    back: 'events are handled again',
    fields: { durable },
  })
  const isWanted = wantedBy(types)
  const options: ConsumeStreamOptions = {
    nats,
    log,
    stream: streams.events.name,
    durable,
    filterSubject,
    batchMax,
    paceMs,
    run: async (batch, signal) => {
      const events = batch.map((message) => (isWanted(message) ? readEvent(message) : undefined))
      for (const [index, event] of events.entries()) {
        // A message that is no event would come again for ever; it is said and passed over.
        if (event === null) log.error({ subject: batch[index]?.subject, durable }, 'not an event')
      }
      const known = events.filter((event) => event !== null && event !== undefined)
      const failed = await handleInOrder({
        events: known,
        handle,
        signal,
        log,
        outage: handling,
        durable,
      })
      return events.map((event) => (event ? failed.get(event) : undefined))
    },
  }
  const consumers = [
    await consumeStream(options),
    ...(replaces === undefined ? [] : [finishConsumer({ ...options, ...replaces })]),
  ]
  return {
    stop: async () => {
      await Promise.all(consumers.map((consumer) => consumer.stop()))
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

/** By the bytes alone, as `JSON.stringify` writes them: most of a task's many events concern hardly anybody, and checking one costs more than finding that out. */
const wantedBy = (types: readonly string[] | undefined): ((message: JsMsg) => boolean) => {
  if (types === undefined) return () => true
  const marks = types.map((type) => Buffer.from(`"type":"maestro.${type}"`))
  return ({ data }) => {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    return marks.some((mark) => bytes.includes(mark))
  }
}
