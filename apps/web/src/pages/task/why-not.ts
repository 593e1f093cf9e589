import { taskCan } from '@maestro/task-model/task-can'
import type { Task } from '@maestro/task-model/task'
import { whyOver } from './why-over.ts'

export type TaskAction = 'pause' | 'resume' | 'step' | 'cancel' | 'decide'

const reasons: Record<TaskAction, (task: Task) => string> = {
  pause: ({ status }) =>
    status === 'awaiting-approval' ? 'It waits for your decision already' : 'It is paused already',
  resume: () => 'It is not paused',
  step: ({ status }) => (status === 'paused' ? 'No step is ready to run' : 'Pause the task first'),
  cancel: () => 'It has not begun',
  decide: () => 'There is nothing to decide',
}

/** Why an action is not possible now; null when it is. The rules themselves are in `taskCan`. */
export const whyNot = (action: TaskAction, task: Task, isReplay: boolean): string | null => {
  if (isReplay) return 'Go live to change the task'
  if (taskCan[action](task)) return null
  return whyOver(task) ?? reasons[action](task)
}
