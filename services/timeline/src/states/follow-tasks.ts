import type { TaskId } from '@maestro/contracts/ids'
import type { Logger } from '@maestro/service-kit/logger'

/** Tasks that wait to be folded on. More are let go: whoever looks at them first makes their snapshots. */
const waitingMax = 1_000

export type TaskFollower = {
  note: (heads: readonly { taskId: TaskId; head: number }[]) => void
  idle: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * Follows long tasks as they grow, one after the other, so that their snapshots stand and their ticks are packed before
 * anybody asks for them. Short ones are left to whoever looks.
 */
export const createTaskFollower = ({
  follow,
  every,
  log,
}: {
  /** Does what has to be done of a task up to this event. */
  follow: (taskId: TaskId, head: number) => Promise<void>
  /** A task is followed when it has grown by so much. */
  every: number
  log: Logger
}): TaskFollower => {
  /** The position up to which each was folded, or waits to be. */
  const followed = new Map<TaskId, number>()
  const waiting = new Map<TaskId, number>()
  let working: Promise<void> | null = null
  let stopped = false

  const foldAll = async () => {
    for (const [taskId, head] of waiting) {
      if (stopped) break
      waiting.delete(taskId)
      try {
        await follow(taskId, head)
      } catch (error) {
        // Its snapshots are missing then, and made when somebody asks; nothing else is.
        log.warn({ err: error, taskId }, 'a task could not be folded on')
      }
    }
    working = null
  }

  return {
    note: (heads) => {
      for (const { taskId, head } of heads) {
        if (head - (followed.get(taskId) ?? 0) < every) continue
        if (waiting.size >= waitingMax && !waiting.has(taskId)) continue
        followed.delete(taskId)
        followed.set(taskId, head)
        waiting.set(taskId, head)
      }
      // Those that were noted longest ago are forgotten: at worst a task is folded a little earlier.
      for (const taskId of followed.keys()) {
        if (followed.size <= waitingMax) break
        followed.delete(taskId)
      }
      if (waiting.size > 0 && !stopped) working ??= foldAll()
    },
    idle: async () => {
      while (working !== null) await working
    },
    stop: async () => {
      stopped = true
      await working
    },
  }
}
