import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { evolve } from './evolve.ts'
import { type Task, unbornTask } from './task.ts'

/** State is a fold (I2). */
export const fold = (events: Iterable<TaskEvent>, from: Task = unbornTask): Task => {
  let task = from
  for (const event of events) task = evolve(task, event)
  return task
}
