import type { TaskEventData } from '@maestro/contracts/task/task-events'

/** What its file says of itself; where the task stood in it, the events know. */
export type ImportCommand = {
  type: 'ImportTask'
} & Omit<TaskEventData<'TaskImported'>, 'head' | 'stoppedAt'>
