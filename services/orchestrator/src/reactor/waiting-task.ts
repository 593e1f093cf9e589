import type { TaskId } from '@maestro/contracts/ids'
import type { BornTask } from '@maestro/task-model/task'
import type { TaskCache } from '../command/task-cache.ts'

/** The task, if it still waits for an effect. What this copy knows may be older than the effect, when another copy wrote it: only the tables can say no. */
export const waitingTask = async (
  cache: TaskCache,
  taskId: TaskId,
  waits: (task: BornTask) => boolean,
): Promise<BornTask | null> => {
  for (const read of [cache.load, cache.refresh]) {
    const task = (await read([taskId])).get(taskId)
    if (task && task.status !== 'unborn' && waits(task)) return task
  }
  return null
}
