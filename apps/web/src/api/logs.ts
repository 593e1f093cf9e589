import { timelineRoutes } from '@maestro/contracts/gateway/routes/timeline-routes'
import type { TaskId } from '@maestro/contracts/ids'
import { infiniteQueryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'
import { systemKey } from './system.ts'

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

const linesPerPage = 50

/** What all services said of themselves, the newest first. A filter that cannot be read stays so: it is not asked again. */
export const serviceLogsQuery = (http: Http, q: string) =>
  infiniteQueryOptions({
    queryKey: [...systemKey, 'logs', q],
    queryFn: ({ pageParam, signal }) =>
      http.json(timelineRoutes.searchLogs, {
        query: { q, cursor: pageParam ?? undefined, limit: linesPerPage },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
