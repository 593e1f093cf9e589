import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { evolveCloudEvent } from '@maestro/task-model/evolve-cloud-event'
import type { OwnSteps } from '@maestro/task-model/execution/own-steps'
import { type BornTask, unbornTask } from '@maestro/task-model/task'
import type { CatchUp } from '../history/catch-up.ts'
import type { HistoryStore } from '../history/history-store.ts'
import { createFoldCache, type Folding } from './fold-cache.ts'
import { milestoneOf } from './milestone-of.ts'
import type { SnapshotKeeper } from './snapshot-keeper.ts'

/** Events read at once: some hundred bytes each as a rule, 64 KiB at most. */
const eventsPerPageMax = 500

/**
 * The fold at any position: the nearest state that is known, and the events after it.
 * @throws {AppError} `NOT_FOUND`, `AFTER_BEYOND_HEAD`, `PRUNED`.
 */
export type StateAt = (taskId: TaskId, at: number) => Promise<BornTask>

export const createStateAt = ({
  history,
  catchUp,
  snapshots,
  shape = (task) => task,
}: {
  history: HistoryStore
  catchUp: CatchUp
  snapshots: SnapshotKeeper
  /** What is kept and answered of a state, and can be folded on; left out: all of it. */
  shape?: (task: BornTask) => BornTask
}): StateAt => {
  const recent = createFoldCache({ every: snapshots.every })

  const mustReach = async (taskId: TaskId, at: number) => {
    const { head } = await history.head(taskId)
    if (at <= head) return
    // Whoever just wrote may read it, though the stream has not brought it yet.
    const reached = await catchUp(taskId, at)
    if (at > reached.head) throw new AppError('AFTER_BEYOND_HEAD', { at, head: reached.newest })
  }

  const baseFor = async (taskId: TaskId, at: number): Promise<Folding> => {
    const known = recent.nearest(taskId, at)
    if (known && at - known.task.seq <= snapshots.strideAfter(known.characters)) return known
    const found = await snapshots.nearest(taskId, at)
    if (found && found.task.seq > (known?.task.seq ?? 0)) {
      return { task: found.task, snapshotSeq: found.task.seq, characters: found.characters }
    }
    return known ?? { task: unbornTask, snapshotSeq: 0, characters: 0 }
  }

  /** Applies one event, and keeps the state where a snapshot belongs. */
  const foldOne = (folding: Folding, event: CloudEvent, own: OwnSteps): Folding => {
    const task = evolveCloudEvent(own, folding.task, event)
    if (task.status === 'unborn') return { ...folding, task }
    const milestone = milestoneOf(event)
    const isDue = task.seq - folding.snapshotSeq >= snapshots.strideAfter(folding.characters)
    if (milestone === null && !isDue) return { ...folding, task }
    const kept = shape(task)
    const characters = snapshots.keep(kept, milestone ?? 'count')
    if (characters === null) return { ...folding, task: kept }
    return { task: kept, snapshotSeq: kept.seq, characters }
  }

  return async (taskId, at) => {
    // Both are asked at once; a task that was removed has no snapshot.
    const [base] = await Promise.all([baseFor(taskId, at), mustReach(taskId, at)])
    let folding = base
    let own: OwnSteps = new WeakSet()
    while (folding.task.seq < at) {
      const after = folding.task.seq
      const events = await history.read({ taskId, after, to: at, limit: eventsPerPageMax })
      if (events.length === 0) break
      for (const event of events) {
        const { snapshotSeq } = folding
        folding = foldOne(folding, event, own)
        // A state that somebody holds from now on stays as it is.
        if (recent.pass(taskId, folding) || folding.snapshotSeq !== snapshotSeq) own = new WeakSet()
      }
    }
    const { task } = folding
    if (task.status === 'unborn' || task.seq !== at) {
      throw new AppError('INTERNAL', { taskId, at, reached: task.seq })
    }
    recent.keep(taskId, folding)
    return shape(task)
  }
}
