import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { streams } from '@maestro/contracts/bus/streams'
import { AckPolicy, DeliverPolicy, nanos, type NatsConnection } from '../nats.ts'
import { newToken } from '../new-id.ts'

/** Every message that the stream holds of one task, in the order in which it holds them. */
export const busHistory = async (nats: NatsConnection, taskId: string): Promise<CloudEvent[]> => {
  const manager = await nats.jetstreamManager()
  const name = `look-${newToken()}`
  const { num_pending: count } = await manager.consumers.add(streams.events.name, {
    name,
    filter_subject: `maestro.event.task.${taskId}`,
    deliver_policy: DeliverPolicy.All,
    ack_policy: AckPolicy.None,
    inactive_threshold: nanos(30_000),
  })
  const events: CloudEvent[] = []
  if (count === 0) return events
  const consumer = await nats.jetstream().consumers.get(streams.events.name, name)
  for await (const message of await consumer.consume()) {
    events.push(CloudEvent.parse(message.json()))
    if (events.length === count) break
  }
  await consumer.delete()
  return events
}
