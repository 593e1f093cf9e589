import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { evolveWithin } from './evolve.ts'
import type { OwnSteps } from './execution/own-steps.ts'
import { type Task, unbornTask } from './task.ts'

/** State is a fold (I2). Far cheaper than one `evolve` after the other: nobody sees what lies between. */
export const fold = (events: Iterable<TaskEvent>, from: Task = unbornTask): Task => {
  const own: OwnSteps = new WeakSet()
  let task = from
  for (const event of events) task = evolveWithin(own, task, event)
  return task
}
