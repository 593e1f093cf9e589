import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { streams } from '@maestro/contracts/bus/streams'
import type { TaskId } from '@maestro/contracts/ids'
import { type NatsConnection, NatsError } from '@maestro/service-kit/nats'

/** The events of these tasks as they stand in the stream: their numbers, in the order of the stream. */
export const readStream = async (
  nats: NatsConnection,
  taskIds: readonly TaskId[],
): Promise<Record<string, number[]>> => {
  const wanted: ReadonlySet<string> = new Set(taskIds)
  const manager = await nats.jetstreamManager({ timeout: 1_000 })
  const { state } = await manager.streams.info(streams.events.name)
  const places = Array.from(
    { length: state.messages === 0 ? 0 : state.last_seq - state.first_seq + 1 },
    (_, index) => state.first_seq + index,
  )
  const messages = await Promise.all(
    places.map((seq) =>
      manager.streams.getMessage(streams.events.name, { seq }).catch((error: unknown) => {
        if (error instanceof NatsError && error.code === '404') return null
        throw error
      }),
    ),
  )
  const found: Record<string, number[]> = {}
  for (const message of messages) {
    if (message === null) continue
    const { subject, seq } = CloudEvent.parse(message.json())
    if (wanted.has(subject)) found[subject] = [...(found[subject] ?? []), seq]
  }
  return found
}

/** 1, 2, 3 … */
export const upTo = (head: number): number[] =>
  Array.from({ length: head }, (_, index) => index + 1)
