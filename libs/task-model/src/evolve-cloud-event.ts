import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import { evolveWithin } from './evolve.ts'
import type { OwnSteps } from './execution/own-steps.ts'
import type { Task } from './task.ts'

/** The fold over events as the bus carries them. One of a kind that this version does not know moves only the position. */
export const evolveCloudEvent = (own: OwnSteps, task: Task, cloudEvent: CloudEvent): Task => {
  const event = fromCloudEvent(cloudEvent)
  if (event !== null) return evolveWithin(own, task, event)
  return task.status === 'unborn' ? task : { ...task, seq: cloudEvent.seq }
}
