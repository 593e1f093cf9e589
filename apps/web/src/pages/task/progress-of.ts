import { hasEnded } from '@maestro/task-model/execution/readiness-of'
import type { BornTask } from '@maestro/task-model/task'

/** Steps that are done with, of all. */
export const progressOf = (task: BornTask): { done: number; total: number } => ({
  done: task.order.flatMap((stepId) => task.steps[stepId] ?? []).filter(hasEnded).length,
  total: task.order.length,
})
