import type { TaskId } from '@maestro/contracts/ids'
import { type BornTask, type Task, unbornTask } from '@maestro/task-model/task'
import { fold } from '@maestro/task-model/fold'
import { LRUCache } from 'lru-cache'
import type { EventStore } from '../store/event-store.ts'
import { mustBeKnown } from '../store/event-row.ts'
import type { SnapshotKeeper } from './snapshot-keeper.ts'

/** Steps, calls and tool uses of all cached tasks together: about 2 KiB each, so at most about 100 MiB. */
const partsMax = 50_000

/**
 * States between events, so that a command costs no read. What is here was committed; it may be old,
 * because another copy has written since: the store's lock finds that out.
 */
export type TaskCache = {
  /** The states of these tasks as far as we know them; unborn where there are no events. */
  load: (taskIds: readonly TaskId[]) => Promise<Map<TaskId, Task>>
  /** Their states now, with what other copies wrote. */
  refresh: (taskIds: readonly TaskId[]) => Promise<Map<TaskId, Task>>
  /** What was just committed. */
  set: (task: BornTask) => void
}

export const createTaskCache = ({
  events,
  snapshots,
}: {
  events: EventStore
  snapshots: Pick<SnapshotKeeper, 'newest' | 'offer'>
}): TaskCache => {
  const cache = new LRUCache<TaskId, BornTask>({
    maxSize: partsMax,
    sizeCalculation: ({ order, versions, totals }) =>
      10 + order.length * (1 + versions.length) + totals.calls + totals.toolCalls,
  })
  /** A read that took long must not bring back an older state. */
  const keepNewest = (task: BornTask): BornTask => {
    const known = cache.get(task.taskId)
    if (known && known.seq >= task.seq) return known
    cache.set(task.taskId, task)
    snapshots.offer(task)
    return task
  }
  const refresh = async (taskIds: readonly TaskId[]) => {
    const unknown = taskIds.filter((taskId) => !cache.has(taskId))
    const kept = unknown.length > 0 ? await snapshots.newest(unknown) : new Map<TaskId, BornTask>()
    const from = new Map(
      taskIds.map((taskId) => [taskId, cache.get(taskId) ?? kept.get(taskId) ?? unbornTask]),
    )
    const later = await events.readMany(new Map([...from].map(([id, { seq }]) => [id, seq])))
    const states = new Map<TaskId, Task>()
    for (const [taskId, start] of from) {
      const news = later.get(taskId) ?? []
      mustBeKnown(news)
      const task = fold(news, start)
      states.set(taskId, task.status === 'unborn' ? task : keepNewest(task))
    }
    return states
  }
  return {
    load: async (taskIds) => {
      const states = new Map<TaskId, Task>()
      for (const taskId of taskIds) {
        const cached = cache.get(taskId)
        if (cached) states.set(taskId, cached)
      }
      const missing = taskIds.filter((taskId) => !states.has(taskId))
      if (missing.length > 0) {
        for (const [taskId, task] of await refresh(missing)) states.set(taskId, task)
      }
      return states
    },
    refresh,
    set: (task) => void keepNewest(task),
  }
}
