import type { TaskId } from '@maestro/contracts/ids'
import type { Logger } from '@maestro/service-kit/logger'
import type { BornTask } from '@maestro/task-model/task'
import type { SnapshotStore } from './snapshot-store.ts'

/** States that wait to be written. More are let go: whoever folds this way again offers them again. */
const waitingMax = 16

export type SnapshotKeeper = {
  /** A fold is at most this many events long once its snapshots are made. */
  readonly every: number
  nearest: (taskId: TaskId, at: number) => Promise<BornTask | null>
  /** Keeps the state when it stands where a snapshot belongs. Costs nothing else. */
  offer: (task: BornTask) => void
  idle: () => Promise<void>
}

/** Makes snapshots beside the work: nobody waits for one to be written. */
export const createSnapshotKeeper = ({
  store,
  log,
  every,
}: {
  store: SnapshotStore
  log: Logger
  every: number
}): SnapshotKeeper => {
  const waiting: BornTask[] = []
  let writing: Promise<void> | null = null

  const writeAll = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      try {
        await store.put(task)
      } catch (error) {
        log.warn({ err: error, taskId: task.taskId }, 'a snapshot could not be written')
      }
    }
    writing = null
  }

  return {
    every,
    nearest: store.nearest,
    offer: (task) => {
      if (task.seq % every !== 0 || waiting.length >= waitingMax) return
      waiting.push(task)
      writing ??= writeAll()
    },
    idle: async () => {
      while (writing !== null) await writing
    },
  }
}
