import { hasEnded } from '@maestro/task-model/execution/readiness-of'
import type { BornTask, Step } from '@maestro/task-model/task'

/** Steps that are done with, of all. */
export const progressOf = (task: BornTask): { done: number; total: number } => ({
  done: Object.values<Step>(task.steps).filter(hasEnded).length,
  total: task.order.length,
})
