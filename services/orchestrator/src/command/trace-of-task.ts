import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import { LRUCache } from 'lru-cache'

const tasksMax = 5_000

/** The trace that a task was created in; everything it does later belongs to it (I9). */
export const createTraceOfTask = ({ sql, traced }: { sql: Sql; traced: boolean }) => {
  const cache = new LRUCache<TaskId, { traceparent: string | undefined }>({ max: tasksMax })
  return async (taskId: TaskId): Promise<string | undefined> => {
    // Where nothing is exported, nothing is looked up either.
    if (!traced) return undefined
    const cached = cache.get(taskId)
    if (cached) return cached.traceparent
    const [row] = await sql<{ traceparent: string | null }[]>`
      select traceparent from tasks where task_id = ${taskId}`
    const traceparent = row?.traceparent ?? undefined
    cache.set(taskId, { traceparent })
    return traceparent
  }
}
