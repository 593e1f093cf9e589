import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { evolveWithin } from '@maestro/task-model/evolve'
import type { OwnSteps } from '@maestro/task-model/execution/own-steps'
import type { Task } from '@maestro/task-model/task'

/** An event in its place. `event` is null where this console does not know the kind: it still takes a place. */
export type TaskEventAt = {
  readonly seq: number
  readonly atMs: number
  readonly kind: string
  readonly event: TaskEvent | null
}

export const toTaskEventAt = (event: CloudEvent): TaskEventAt => ({
  seq: event.seq,
  atMs: Date.parse(event.time),
  kind: event.type.slice('maestro.'.length),
  event: fromCloudEvent(event),
})

/** The shared fold; an event of an unknown kind moves only the position. */
export const foldAt = (from: Task, events: readonly TaskEventAt[]): Task => {
  const own: OwnSteps = new WeakSet()
  let task = from
  for (const { seq, event } of events) {
    if (event !== null) task = evolveWithin(own, task, event)
    else if (task.status !== 'unborn') task = { ...task, seq }
  }
  return task
}
