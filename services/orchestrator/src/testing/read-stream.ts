import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { streams } from '@maestro/contracts/bus/streams'
import { taskEventSubject } from '@maestro/contracts/bus/subjects'
import type { TaskId } from '@maestro/contracts/ids'
import type { NatsConnection } from '@maestro/service-kit/nats'

/** Within the patience of a poll, so that a bus that went away in the middle is asked again. */
const readMsMax = 5_000

/** The events of these tasks as they stand in the stream: their numbers, in the order of the stream. */
export const readStream = async (
  nats: NatsConnection,
  taskIds: readonly TaskId[],
): Promise<Record<string, number[]>> => {
  const jetStream = nats.jetstream({ timeout: readMsMax })
  const consumer = await jetStream.consumers.get(streams.events.name, {
    filterSubjects: taskIds.map(taskEventSubject),
  })
  const { num_pending: pending } = await consumer.info()
  const found: Record<string, number[]> = {}
  if (pending === 0) return found
  const messages = await consumer.fetch({ max_messages: pending, expires: readMsMax })
  for await (const message of messages) {
    const { subject, seq } = CloudEvent.parse(message.json())
    found[subject] = [...(found[subject] ?? []), seq]
  }
  return found
}

/** 1, 2, 3 … */
export const upTo = (head: number): number[] =>
  Array.from({ length: head }, (_, index) => index + 1)
