import { Actor } from '../actor.ts'
import type { CloudEvent } from '../bus/cloud-event.ts'
import { TaskId } from '../ids.ts'
import { taskEventData, type TaskEvent, type TaskEventType } from './task-events.ts'

/** A task's event as the world sees it; `data` also carries `taskId` and `actor`. */
export const toCloudEvent = (event: TaskEvent): CloudEvent => ({
  specversion: '1.0',
  id: `${event.taskId}:${event.seq}`,
  source: '/maestro/orchestrator',
  type: `maestro.${event.type}`,
  subject: event.taskId,
  time: event.at,
  datacontenttype: 'application/json',
  data: { ...event.data, taskId: event.taskId, actor: event.actor },
  seq: event.seq,
  ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
})

const isTaskEventType = (name: string): name is TaskEventType => Object.hasOwn(taskEventData, name)

/**
 * Reads a task's event. Null for an event of a type that this version does not know: a newer
 * orchestrator may speak of more than we do, and a fold passes over it.
 * @throws {z.ZodError} when a known event does not fit its schema.
 */
export const fromCloudEvent = (event: CloudEvent): TaskEvent | null => {
  const type = event.type.slice('maestro.'.length)
  if (!isTaskEventType(type)) return null
  const { taskId, actor, ...data } = event.data
  return {
    type,
    data: taskEventData[type].parse(data),
    taskId: TaskId.parse(taskId),
    seq: event.seq,
    at: event.time,
    actor: Actor.parse(actor),
    ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
  } as TaskEvent
}
