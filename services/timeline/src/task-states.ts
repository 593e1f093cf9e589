import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { evolveCloudEvent } from '@maestro/task-model/evolve-cloud-event'
import { type BornTask, type Task, unbornTask } from '@maestro/task-model/task'
import { LRUCache } from 'lru-cache'
import type { CatchUp } from './catch-up.ts'
import type { HistoryStore } from './history-store.ts'
import type { SnapshotKeeper } from './snapshot-keeper.ts'

/** Events read at once: some hundred bytes each as a rule, 64 KiB at most. */
const eventsPerPageMax = 500
const cacheBytesMax = 64 * 1024 * 1024
/** What an event adds to a state: a rough count of a call's record, which is the largest thing there is many of. */
const bytesPerEvent = 1_000

/**
 * The fold at any position: the nearest state that is known, and the events after it.
 * @throws {AppError} `NOT_FOUND`, `AFTER_BEYOND_HEAD`.
 */
export type StateAt = (taskId: TaskId, at: number) => Promise<BornTask>

export const createStateAt = ({
  history,
  catchUp,
  snapshots,
}: {
  history: HistoryStore
  catchUp: CatchUp
  snapshots: SnapshotKeeper
}): StateAt => {
  /** The state that was asked for last, of recent tasks: whoever scrubs or follows goes on from there. */
  const recent = new LRUCache<TaskId, BornTask>({
    maxSize: cacheBytesMax,
    sizeCalculation: ({ seq }) => (seq + 4) * bytesPerEvent,
  })

  const mustReach = async (taskId: TaskId, at: number) => {
    const { head } = await history.head(taskId)
    if (at <= head) return
    // Whoever just wrote may read it, though the stream has not brought it yet.
    const reached = await catchUp(taskId, at)
    if (at > reached.head) throw new AppError('AFTER_BEYOND_HEAD', { head: reached.newest })
  }

  const baseFor = async (taskId: TaskId, at: number): Promise<Task> => {
    const last = recent.get(taskId)
    const usable = last && last.seq <= at ? last : null
    if (usable && at - usable.seq <= snapshots.every) return usable
    const snapshot = await snapshots.nearest(taskId, at)
    if (snapshot && snapshot.seq > (usable?.seq ?? 0)) return snapshot
    return usable ?? unbornTask
  }

  return async (taskId, at) => {
    await mustReach(taskId, at)
    let task = await baseFor(taskId, at)
    while (task.seq < at) {
      const after: number = task.seq
      const events = await history.read({ taskId, after, to: at, limit: eventsPerPageMax })
      if (events.length === 0) break
      for (const event of events) {
        task = evolveCloudEvent(task, event)
        if (task.status !== 'unborn') snapshots.offer(task)
      }
    }
    if (task.status === 'unborn' || task.seq !== at) {
      throw new AppError('INTERNAL', { taskId, at, reached: task.seq })
    }
    recent.set(taskId, task)
    return task
  }
}
