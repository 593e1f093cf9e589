import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { evolveCloudEvent } from '@maestro/task-model/evolve-cloud-event'
import { type BornTask, type Task, unbornTask } from '@maestro/task-model/task'
import { LRUCache } from 'lru-cache'
import type { CatchUp } from '../history/catch-up.ts'
import type { HistoryStore } from '../history/history-store.ts'
import { milestoneOf } from './milestone-of.ts'
import type { SnapshotKeeper } from './snapshot-keeper.ts'

/** Events read at once: some hundred bytes each as a rule, 64 KiB at most. */
const eventsPerPageMax = 500
const cacheBytesMax = 64 * 1024 * 1024
/** Of a state that was never written: what its events add to it, roughly. */
const charactersPerEvent = 300

/**
 * The fold at any position: the nearest state that is known, and the events after it.
 * @throws {AppError} `NOT_FOUND`, `AFTER_BEYOND_HEAD`, `PRUNED`.
 */
export type StateAt = (taskId: TaskId, at: number) => Promise<BornTask>

/** A fold on its way, with the snapshot that it passed last. */
type Folding = { task: Task; snapshotSeq: number; characters: number }

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
  const recent = new LRUCache<TaskId, Folding>({
    maxSize: cacheBytesMax,
    sizeCalculation: ({ task, characters }) =>
      1_000 + Math.max(characters, task.status === 'unborn' ? 0 : task.seq * charactersPerEvent),
  })

  const mustReach = async (taskId: TaskId, at: number) => {
    const { head } = await history.head(taskId)
    if (at <= head) return
    // Whoever just wrote may read it, though the stream has not brought it yet.
    const reached = await catchUp(taskId, at)
    if (at > reached.head) throw new AppError('AFTER_BEYOND_HEAD', { at, head: reached.newest })
  }

  const baseFor = async (taskId: TaskId, at: number): Promise<Folding> => {
    const last = recent.get(taskId)
    const usable = last && last.task.seq <= at ? last : null
    if (usable && at - usable.task.seq <= snapshots.every) return usable
    const found = await snapshots.nearest(taskId, at)
    if (found && found.task.seq > (usable?.task.seq ?? 0)) {
      return { task: found.task, snapshotSeq: found.task.seq, characters: found.characters }
    }
    return usable ?? { task: unbornTask, snapshotSeq: 0, characters: 0 }
  }

  /** Applies one event, and keeps the state where a snapshot belongs. */
  const foldOne = (folding: Folding, event: CloudEvent): Folding => {
    const task = evolveCloudEvent(folding.task, event)
    if (task.status === 'unborn') return { ...folding, task }
    const milestone = milestoneOf(event)
    const isDue = task.seq - folding.snapshotSeq >= snapshots.strideAfter(folding.characters)
    if (milestone === null && !isDue) return { ...folding, task }
    const characters = snapshots.keep(task, milestone ?? 'count')
    return characters === null ? { ...folding, task } : { task, snapshotSeq: task.seq, characters }
  }

  return async (taskId, at) => {
    await mustReach(taskId, at)
    let folding = await baseFor(taskId, at)
    while (folding.task.seq < at) {
      const after = folding.task.seq
      const events = await history.read({ taskId, after, to: at, limit: eventsPerPageMax })
      if (events.length === 0) break
      for (const event of events) folding = foldOne(folding, event)
    }
    const { task } = folding
    if (task.status === 'unborn' || task.seq !== at) {
      throw new AppError('INTERNAL', { taskId, at, reached: task.seq })
    }
    recent.set(taskId, folding)
    return task
  }
}
