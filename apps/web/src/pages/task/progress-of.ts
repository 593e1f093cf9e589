import type { BornTask, Step } from '@maestro/task-model/task'

/** Steps that are done with, of all. */
export const progressOf = (task: BornTask): { done: number; total: number } => ({
  done: Object.values<Step>(task.steps).filter(
    ({ status }) => status === 'done' || status === 'reused' || status === 'skipped',
  ).length,
  total: task.order.length,
})
