import type { TaskEvent, TaskFact } from '@maestro/contracts/task/task-events'
import { specFor } from '@maestro/testkit/decider-spec'
import { decide } from '../decide.ts'
import { evolve } from '../evolve.ts'
import { unbornTask } from '../task.ts'

/** The rules of a task as sentences. Facts are compared without number, time and actor. */
export const given = specFor({
  decide,
  evolve,
  initial: unbornTask,
  factOf: ({ type, data }: TaskEvent) => ({ type, data }) as TaskFact,
})
