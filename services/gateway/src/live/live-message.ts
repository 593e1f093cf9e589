import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import type { ServerMessage, Topic } from '@maestro/contracts/gateway/live-feed'
import type { TaskId } from '@maestro/contracts/ids'

export const topicOfTask = (taskId: TaskId): Topic => `task:${taskId}`

/** A message as it goes into frames: written once, however many sockets it goes to. */
export const writeMessage = (message: ServerMessage): string => JSON.stringify(message)

/** An event on its way to sockets. */
export type LiveEvent = {
  seq: number
  event: CloudEvent
  /** The whole message of it. */
  text: string
}

/** `raw`: the event's JSON as it came, so that it is not written anew. */
export const liveEventOf = (taskId: TaskId, event: CloudEvent, raw?: string): LiveEvent => ({
  seq: event.seq,
  event,
  text: `{"op":"event","topic":"${topicOfTask(taskId)}","seq":${event.seq},"event":${raw ?? JSON.stringify(event)}}`,
})
