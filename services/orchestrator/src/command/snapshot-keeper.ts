import type { TaskId } from '@maestro/contracts/ids'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import type { Logger } from '@maestro/service-kit/logger'
import type { BornTask } from '@maestro/task-model/task'
import { LRUCache } from 'lru-cache'
import type { SnapshotStore } from '../store/snapshot-store.ts'

/** Folding as many takes a few milliseconds; hardly any task gets so far, so that hardly any costs a snapshot. */
const eventsBetween = 500
/** States that wait to be written. More are let go: they are offered again with their next event. */
const waitingMax = 64
/** Tasks of which we know where their snapshot stands; one that fell out is written once more. */
const rememberedMax = 20_000

/** Makes snapshots beside the work: nobody waits for one to be written, and one that is missing only costs time. */
export type SnapshotKeeper = {
  newest: SnapshotStore['readMany']
  /** A state that was just reached. Written when it is far enough from the last one. */
  offer: (task: BornTask) => void
  idle: () => Promise<void>
}

export const createSnapshotKeeper = ({
  store,
  log,
  every = eventsBetween,
}: {
  store: SnapshotStore
  log: Logger
  every?: number
}): SnapshotKeeper => {
  const seqs = new LRUCache<TaskId, number>({ max: rememberedMax })
  const waiting = new Map<TaskId, BornTask>()
  const outage = createOutageLog({
    log,
    away: 'snapshots could not be written; loads take longer',
    back: 'snapshots are written again',
  })
  let writing: Promise<void> | null = null

  const writeAll = async () => {
    // Making JSON of a long task takes milliseconds: whoever caused it is answered first.
    await new Promise<void>((resolve) => setImmediate(resolve))
    for (const [taskId, task] of waiting) {
      waiting.delete(taskId)
      await store.put(task).then(outage.worked, outage.failed)
    }
    writing = null
  }

  return {
    newest: async (taskIds) => {
      const found = await store.readMany(taskIds)
      for (const [taskId, { seq }] of found) seqs.set(taskId, seq)
      return found
    },
    offer: (task) => {
      const { taskId, seq } = task
      if (seq < every || seq - (seqs.get(taskId) ?? 0) < every) return
      if (waiting.size >= waitingMax && !waiting.has(taskId)) return
      // Also when it cannot be written: the next one follows at its distance, not at once.
      seqs.set(taskId, seq)
      waiting.set(taskId, task)
      writing ??= writeAll()
    },
    idle: async () => {
      while (writing !== null) await writing
    },
  }
}
