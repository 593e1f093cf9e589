import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import { evolve } from './evolve.ts'
import type { Task } from './task.ts'

/** The fold over events as the bus carries them. One of a kind that this version does not know moves only the position. */
export const evolveCloudEvent = (task: Task, cloudEvent: CloudEvent): Task => {
  const event = fromCloudEvent(cloudEvent)
  if (event !== null) return evolve(task, event)
  return task.status === 'unborn' ? task : { ...task, seq: cloudEvent.seq }
}
