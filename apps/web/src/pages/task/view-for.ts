import type { Task } from '@maestro/task-model/task'
import type { TaskViewName } from '../../paths.ts'

/** What is worth looking at first: the draft while it is made or asked about, the result once it is there. */
export const viewFor = (task: Task): TaskViewName => {
  if (task.status === 'unborn') return 'graph'
  if (task.status === 'succeeded') return 'output'
  return task.stage === 'drafting' || task.stage === 'approval' ? 'draft' : 'graph'
}
