import type { Task } from '@maestro/task-model/task'
import type { TaskViewName } from '../../paths.ts'

/** What is worth looking at first: the draft while it is made or asked about, else the plan. */
export const viewFor = (task: Task): TaskViewName =>
  task.status !== 'unborn' && (task.stage === 'drafting' || task.stage === 'approval')
    ? 'draft'
    : 'graph'
