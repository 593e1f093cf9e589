import { streams } from '@maestro/contracts/bus/streams'
import { taskLiveSubject } from '@maestro/contracts/bus/subjects'
import type { TaskId } from '@maestro/contracts/ids'
import type { LiveDelta } from '@maestro/contracts/llm/live-delta'
import { AckPolicy, DeliverPolicy, nanos, type NatsConnection } from '@maestro/service-kit/nats'
import { readDelta } from './read-delta.ts'

const expiresMs = 5_000
/** Pieces of one answer of the stream. */
const batchMax = 500

/** What the stream still has of a task's running texts, the oldest first. */
export const readLiveStream = async (
  nats: NatsConnection,
  taskId: TaskId,
): Promise<LiveDelta[]> => {
  const stream = streams.live.name
  // Many tasks may be opened at once: what is asked of the bus is what must be, whether there is a stream shows by itself.
  const manager = await nats.jetstreamManager({ checkAPI: false })
  const info = await manager.consumers.add(stream, {
    filter_subject: taskLiveSubject(taskId),
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    inactive_threshold: nanos(4 * expiresMs),
    mem_storage: true,
  })
  const deltas: LiveDelta[] = []
  try {
    const consumer = nats.jetstream().consumers.getPullConsumerFor(info)
    let left = info.num_pending
    while (left > 0) {
      const asked = Math.min(left, batchMax)
      let got = 0
      for await (const message of await consumer.fetch({
        max_messages: asked,
        expires: expiresMs,
      })) {
        got += 1
        const delta = readDelta(message.data)
        if (delta !== null) deltas.push(delta)
      }
      // The oldest may have aged away since they were counted.
      if (got < asked) break
      left -= got
    }
  } finally {
    await manager.consumers.delete(stream, info.name).catch(() => undefined)
  }
  return deltas
}
