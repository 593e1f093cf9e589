import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { getTaskAnalytics } from '@maestro/contracts/timeline/analytics-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import { LRUCache } from 'lru-cache'
import type { z } from 'zod'
import type { CatchUp } from '../history/catch-up.ts'
import type { HistoryStore } from '../history/history-store.ts'
import { figuresByWhom } from './call-figures.ts'
import { createTimeBook } from '@maestro/task-model/time/time-book'
import { timeOfTask } from '@maestro/task-model/time/time-of-task'

const eventsPerPageMax = 500
/** Whoever looks at a task that is over looks at it again. */
const keptMax = 50
/** A plan has fewer agents, and a task fewer models. */
const linesMax = 500

type Analysis = z.output<typeof getTaskAnalytics.output>
/** @throws {AppError} `NOT_FOUND`, `AFTER_BEYOND_HEAD`, `PRUNED`. */
export type AnalyseTask = (taskId: TaskId, at: number | null) => Promise<Analysis>

export const createAnalyseTask = ({
  sql,
  history,
  catchUp,
}: {
  sql: Sql
  history: HistoryStore
  catchUp: CatchUp
}): AnalyseTask => {
  const kept = new LRUCache<string, Analysis>({ max: keptMax })

  const reach = async (taskId: TaskId, at: number | null): Promise<number> => {
    const { head } = await history.head(taskId)
    if (at === null && head > 0) return head
    if (at !== null && at <= head) return at
    const reached = await catchUp(taskId, at ?? 1)
    if (at !== null && at > reached.head)
      throw new AppError('AFTER_BEYOND_HEAD', { at, head: reached.newest })
    return at ?? reached.head
  }

  return async (taskId, wanted) => {
    const at = await reach(taskId, wanted)
    const key = `${taskId} ${at}`
    const known = kept.get(key)
    if (known) return known
    const book = createTimeBook()
    for (let after = 0; after < at;) {
      const events = await history.read({ taskId, after, to: at, limit: eventsPerPageMax })
      for (const event of events) {
        const one = readEvent(event)
        if (one !== null) book.note(one)
      }
      const last = events.at(-1)
      if (!last) break
      after = last.seq
    }
    try {
      const bounds = sql`task_id = ${taskId} and seq <= ${at}`
      const whom = await figuresByWhom(sql, bounds, linesMax)
      const analysis = { taskId, seq: at, ...timeOfTask(book.read()), ...whom }
      kept.set(key, analysis)
      return analysis
    } catch (error) {
      throw asDatabaseOutage(error)
    }
  }
}

/** One that this version cannot read tells nothing of the time. */
const readEvent = (event: CloudEvent): TaskEvent | null => {
  try {
    return fromCloudEvent(event)
  } catch {
    return null
  }
}
