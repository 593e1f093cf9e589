import type { TaskId } from '@maestro/contracts/ids'
import type { Logger } from '@maestro/service-kit/logger'
import type { BornTask } from '@maestro/task-model/task'
import type { Milestone } from './milestone-of.ts'
import { packState } from './packed-state.ts'
import type { Snapshot, SnapshotStore } from './snapshot-store.ts'

/** Snapshots that wait to be written. More are let go: whoever folds this way again offers them again. */
const waitingMax = 16
/**
 * A state that is large costs more to read than events cost to fold: one event takes the time of about
 * so many characters. Snapshots lie as far apart as reading one takes.
 */
const charactersPerEvent = 1_000

export type SnapshotKeeper = {
  /** No two snapshots by count are nearer than this. */
  readonly every: number
  nearest: SnapshotStore['nearest']
  /** How far the next snapshot is from one of this size. */
  strideAfter: (characters: number) => number
  /** Keeps a state. Returns its size; null when too many wait already. */
  keep: (task: BornTask, reason: Milestone | 'count') => number | null
  idle: () => Promise<void>
}

/** Writes snapshots beside the work: nobody waits for one to be written. */
export const createSnapshotKeeper = ({
  store,
  log,
  every,
}: {
  store: SnapshotStore
  log: Logger
  every: number
}): SnapshotKeeper => {
  const waiting: Snapshot[] = []
  let writing: Promise<void> | null = null

  const writeAll = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        await store.put(next)
      } catch (error) {
        log.warn({ err: error, taskId: next.taskId }, 'a snapshot could not be written')
      }
    }
    writing = null
  }

  return {
    every,
    nearest: (taskId: TaskId, at) => store.nearest(taskId, at),
    strideAfter: (characters) => Math.max(every, Math.ceil(characters / charactersPerEvent)),
    keep: (task, reason) => {
      if (waiting.length >= waitingMax) return null
      const { data, characters } = packState(task)
      waiting.push({ taskId: task.taskId, seq: task.seq, reason, data })
      writing ??= writeAll()
      return characters
    },
    idle: async () => {
      while (writing !== null) await writing
    },
  }
}
