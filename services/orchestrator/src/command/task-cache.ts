import type { TaskId } from '@maestro/contracts/ids'
import { type BornTask, type Task, unbornTask } from '@maestro/task-model/task'
import { fold } from '@maestro/task-model/fold'
import { LRUCache } from 'lru-cache'
import type { EventStore } from '../store/event-store.ts'

/** Steps of all cached tasks together: some hundred bytes each, so at most about 100 MiB. */
const stepsMax = 100_000

/** States between events, so that a command costs no read. What another copy wrote is noticed by the store's lock. */
export type TaskCache = {
  /** The states of these tasks; unborn where there are no events. */
  load: (taskIds: readonly TaskId[]) => Promise<Map<TaskId, Task>>
  get: (taskId: TaskId) => BornTask | undefined
  set: (task: BornTask) => void
  forget: (taskId: TaskId) => void
}

export const createTaskCache = ({ events }: { events: EventStore }): TaskCache => {
  const cache = new LRUCache<TaskId, BornTask>({
    maxSize: stepsMax,
    sizeCalculation: (task) => 10 + task.order.length + task.versions.length * task.order.length,
  })
  return {
    load: async (taskIds) => {
      const states = new Map<TaskId, Task>()
      const missing = new Map<TaskId, number>()
      for (const taskId of taskIds) {
        const cached = cache.get(taskId)
        if (cached) states.set(taskId, cached)
        else missing.set(taskId, 0)
      }
      if (missing.size > 0) {
        for (const [taskId, history] of await events.readMany(missing)) {
          const task = history.length === 0 ? unbornTask : fold(history)
          states.set(taskId, task)
          if (task.status !== 'unborn') cache.set(taskId, task)
        }
      }
      return states
    },
    get: (taskId) => cache.get(taskId),
    set: (task) => cache.set(task.taskId, task),
    forget: (taskId) => cache.delete(taskId),
  }
}
