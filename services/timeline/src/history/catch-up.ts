import type { TaskId } from '@maestro/contracts/ids'
import { eventsPerReadMax, getTaskEvents } from '@maestro/contracts/task/task-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { HistoryStore } from './history-store.ts'

/**
 * Fetches from the orchestrator what is missing of a task up to a position. Returns how far the
 * history goes then, and how far the task itself does.
 * @throws {AppError} `NOT_FOUND` when there is no such task.
 */
export type CatchUp = (taskId: TaskId, to: number) => Promise<{ head: number; newest: number }>

export const createCatchUp = ({
  history,
  call,
}: {
  history: HistoryStore
  call: Call
}): CatchUp => {
  const running = new Map<TaskId, { to: number; reached: ReturnType<CatchUp> }>()

  const fetchUpTo: CatchUp = async (taskId, to) => {
    let { head } = await history.head(taskId)
    if (head >= to) return { head, newest: head }
    for (;;) {
      const limit = Math.min(eventsPerReadMax, to - head)
      const answer = await call(getTaskEvents, { taskId, after: head, limit })
      const [after] = await history.write(answer.events)
      const moved = after !== undefined && after.head > head
      head = after?.head ?? head
      if (!moved || head >= Math.min(to, answer.head)) {
        return { head, newest: Math.max(head, answer.head) }
      }
    }
  }

  /** Readers that ask for the same range at once share one fetch. */
  return async (taskId, to) => {
    const started = running.get(taskId)
    if (started && started.to >= to) return started.reached
    const reached = fetchUpTo(taskId, to).finally(() => {
      if (running.get(taskId)?.reached === reached) running.delete(taskId)
    })
    running.set(taskId, { to, reached })
    return reached
  }
}
