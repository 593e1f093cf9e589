import type { Actor } from '@maestro/contracts/actor'
import type { TaskId } from '@maestro/contracts/ids'
import { taskEventData, type TaskEvent } from '@maestro/contracts/task/task-events'

export type EventRow = {
  taskId: string
  seq: number
  type: string
  at: Date
  actor: string
  data: string
  traceparent: string | null
}

export const actorText = ({ kind, id }: Actor): string => `${kind}:${id}`

const actorFrom = (text: string): Actor => {
  const colon = text.indexOf(':')
  return { kind: text.slice(0, colon) as Actor['kind'], id: text.slice(colon + 1) }
}

/**
 * Our own rows, written from checked events: their data is parsed, not checked again. A newer version
 * may have written kinds that this one does not know; they pass through to whoever reads events.
 */
export const eventFromRow = (row: EventRow): TaskEvent =>
  ({
    type: row.type,
    data: JSON.parse(row.data),
    taskId: row.taskId as TaskId,
    seq: row.seq,
    at: row.at.toISOString(),
    actor: actorFrom(row.actor),
    ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
  }) as TaskEvent

/** Nothing is decided on a state that lacks what an unknown event did to it. @throws {Error} */
export const mustBeKnown = (events: readonly TaskEvent[]): void => {
  for (const { type, taskId } of events) {
    if (Object.hasOwn(taskEventData, type)) continue
    throw new Error(
      `${taskId} holds an event ${type}, which this version does not know; run the newer one`,
    )
  }
}
