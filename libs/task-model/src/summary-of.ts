import type { TaskImport } from '@maestro/contracts/task/task-import'
import type { TaskSummary } from '@maestro/contracts/task/task-endpoints'
import { hasEnded } from './execution/readiness-of.ts'
import type { Approval, BornTask } from './task.ts'

/** A task's line in a list. */
export const summaryOf = (task: BornTask): TaskSummary => ({
  taskId: task.taskId,
  seq: task.seq,
  status: task.status,
  title: task.title,
  stepsDone: task.order.flatMap((stepId) => task.steps[stepId] ?? []).filter(hasEnded).length,
  stepsTotal: task.order.length,
  openApprovals: Object.values<Approval>(task.approvals).filter(({ status }) => status === 'open')
    .length,
  costNanoUsd: task.totals.costNanoUsd,
  limitNanoUsd: task.options.limits.costNanoUsd,
  rehearsal: task.rehearsal,
  createdAt: task.createdAt,
  updatedAt: task.updatedAt,
  endedAt: task.endedAt,
  ...(task.imported !== undefined && { imported: placeOf(task.imported) }),
})

const placeOf = ({ at, from }: TaskImport): Pick<TaskImport, 'at' | 'from'> => ({
  at,
  ...(from !== undefined && { from }),
})
