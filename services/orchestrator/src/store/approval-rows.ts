import type { ApprovalSummary } from '@maestro/contracts/task/task-endpoints'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Approval, BornTask } from '@maestro/task-model/task'

export type ApprovalRow = {
  approvalId: string
  taskId: string
  status: string
  body: string
  expiresAt: string
}

const touching: ReadonlySet<TaskEvent['type']> = new Set([
  'ApprovalRequested',
  'ApprovalDecided',
  'ApprovalExpired',
  'TaskCancelled',
  'TaskFailed',
  'TaskSucceeded',
])

/** An approval as lists show it; `seq` is added when it is read. */
export const approvalSummaryOf = (
  task: BornTask,
  approval: Approval,
): Omit<ApprovalSummary, 'seq'> => ({ ...approval, taskId: task.taskId, taskTitle: task.title })

/** The rows of a task's approvals that `events` may have changed. */
export const approvalRowsOf = (task: BornTask, events: readonly TaskEvent[]): ApprovalRow[] =>
  events.some(({ type }) => touching.has(type))
    ? Object.values<Approval>(task.approvals).map((approval) => ({
        approvalId: approval.approvalId,
        taskId: task.taskId,
        status: approval.status,
        body: JSON.stringify(approvalSummaryOf(task, approval)),
        expiresAt: approval.expiresAt,
      }))
    : []
