import type { TaskId } from '@maestro/contracts/ids'
import type { Task } from '@maestro/task-model/task'
import { LRUCache } from 'lru-cache'

/** A fold on its way, with the snapshot that it passed last. */
export type Folding = { task: Task; snapshotSeq: number; characters: number }

/** Of one task. */
const statesMax = 32
const cacheBytesMax = 96 * 1024 * 1024
/** What a state costs at least. A large one counts as its JSON: states that were read share nothing with each other. */
const bytesPerState = 40_000

type Known = {
  /** By position, not nearer to each other than `stride`. */
  states: readonly Folding[]
  stride: number
  /** The one that was asked for last, wherever it stands: whoever scrubs or follows goes on from there. */
  last: Folding
}

export type FoldCache = {
  /** The nearest known state at or before a position. */
  nearest: (taskId: TaskId, at: number) => Folding | null
  /** Takes note of a state that a fold passes, where none is near; whether it did. */
  pass: (taskId: TaskId, folding: Folding) => boolean
  /** Takes note of the state that was asked for. */
  keep: (taskId: TaskId, folding: Folding) => void
}

/** States of recent tasks on their whole way, in memory: a jump to anywhere folds few events. */
export const createFoldCache = ({ every }: { every: number }): FoldCache => {
  const cache = new LRUCache<TaskId, Known>({
    maxSize: cacheBytesMax,
    sizeCalculation: ({ states, last }) =>
      (1 + states.length) * Math.max(bytesPerState, last.characters),
  })

  return {
    nearest: (taskId, at) => {
      const known = cache.get(taskId)
      if (!known) return null
      const { last } = known
      const found = known.states[placeOf(known.states, at) - 1] ?? null
      if (last.task.seq > at) return found
      return found && found.task.seq > last.task.seq ? found : last
    },
    pass: (taskId, folding) => {
      const { states, stride, last } = cache.peek(taskId) ?? newKnown(folding, every)
      const { seq } = folding.task
      const place = placeOf(states, seq)
      const before = states[place - 1]?.task.seq ?? 0
      const after = states[place]?.task.seq ?? Number.POSITIVE_INFINITY
      if (seq - before < stride || after - seq < stride) return false
      const more = states.toSpliced(place, 0, folding)
      const isFull = more.length > statesMax
      cache.set(taskId, {
        states: isFull ? more.filter((_, index) => index % 2 === 1) : more,
        stride: isFull ? stride * 2 : stride,
        last,
      })
      return true
    },
    keep: (taskId, folding) => {
      const known = cache.peek(taskId) ?? newKnown(folding, every)
      cache.set(taskId, { ...known, last: folding })
    },
  }
}

const newKnown = (last: Folding, stride: number): Known => ({ states: [], stride, last })

/** How many of the states stand at or before a position. */
const placeOf = (states: readonly Folding[], at: number): number => {
  let [low, high] = [0, states.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((states[middle]?.task.seq ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}
