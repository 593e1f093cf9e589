import { timelineRoutes } from '@maestro/contracts/gateway/routes/timeline-routes'
import type { TaskId } from '@maestro/contracts/ids'
import type { Http } from './http.ts'

type LogRange = {
  q: string
  from?: string | undefined
  to?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** What the services said about a task, the newest first. */
export const searchTaskLogs = (http: Http, taskId: TaskId, range: LogRange) =>
  http.json(timelineRoutes.searchLogs, { query: { ...range, task: taskId } })
