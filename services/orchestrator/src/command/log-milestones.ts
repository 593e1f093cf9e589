import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Logger } from '@maestro/service-kit/logger'

/** What an operator follows a task by. Reasons stay in the events: they may quote what a model wrote. */
const messages: Partial<Record<TaskEvent['type'], string>> = {
  TaskCreated: 'task created',
  TaskStarted: 'task started',
  TaskPaused: 'task paused',
  ApprovalRequested: 'approval asked for',
  TaskSucceeded: 'task succeeded',
  TaskFailed: 'task failed',
  TaskCancelled: 'task cancelled',
}

export const createMilestoneLog =
  ({ log }: { log: Logger }) =>
  (events: readonly TaskEvent[]): void => {
    for (const { type, taskId, seq } of events) {
      const message = messages[type]
      if (message !== undefined) log.info({ taskId, seq }, message)
    }
  }
