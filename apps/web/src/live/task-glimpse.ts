import type { Task } from '@maestro/task-model/task'

export type TaskGlimpse = {
  /** The state at a position, in outline; null until it is here. One position is asked for at a time. */
  at: (seq: number) => { seq: number; task: Task } | null
}

/** What a person wants to see of a long past does not wait for all that happened before it. */
export const createTaskGlimpse = ({
  read,
  onTaken,
}: {
  read: (at: number) => Promise<{ state: Task }>
  onTaken: () => void
}): TaskGlimpse => {
  let taken: { seq: number; task: Task } | null = null
  let asked: number | null = null
  let isReading = false

  const take = async (seq: number) => {
    isReading = true
    asked = seq
    try {
      taken = { seq, task: (await read(seq)).state }
    } catch {
      // Not asked again: the events that make it up are on their way.
    }
    isReading = false
    onTaken()
  }

  return {
    at: (seq) => {
      if (taken?.seq === seq) return taken
      if (!isReading && asked !== seq) void take(seq)
      return null
    },
  }
}
