import type { Task } from '@maestro/task-model/task'

/** Why nothing of a task is changed any more; null while it goes on. */
export const whyOver = (task: Task): string | null => {
  if (task.status === 'unborn' || task.stage !== 'ended') return null
  return task.imported === undefined
    ? 'The task has ended'
    : 'It was imported: it is only read here'
}
