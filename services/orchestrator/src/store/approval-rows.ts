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

/** An approval as lists show it; `seq` is added when it is read. */
export const approvalSummaryOf = (
  task: BornTask,
  approval: Approval,
): Omit<ApprovalSummary, 'seq'> => ({ ...approval, taskId: task.taskId, taskTitle: task.title })

/** The rows of a task's approvals that `events` have changed: those they name, and all of them at the end, which withdraws what is open, and where the task comes with all that it has. */
export const approvalRowsOf = (task: BornTask, events: readonly TaskEvent[]): ApprovalRow[] => {
  const named = new Set<string>()
  for (const event of events) {
    switch (event.type) {
      case 'ApprovalRequested':
      case 'ApprovalDecided':
      case 'ApprovalExpired':
      case 'ApprovalWithdrawn':
        named.add(event.data.approvalId)
        break
      case 'StepReset':
        for (const { approvalId, stepId } of Object.values<Approval>(task.approvals)) {
          if (stepId === event.data.stepId) named.add(approvalId)
        }
        break
      case 'TaskCancelled':
      case 'TaskFailed':
      case 'TaskSucceeded':
      case 'TaskImported':
        for (const approvalId of Object.keys(task.approvals)) named.add(approvalId)
        break
      default:
    }
  }
  return Object.values<Approval>(task.approvals)
    .filter(({ approvalId }) => named.has(approvalId))
    .map((approval) => ({
      approvalId: approval.approvalId,
      taskId: task.taskId,
      status: approval.status,
      body: JSON.stringify(approvalSummaryOf(task, approval)),
      expiresAt: approval.expiresAt,
    }))
}
