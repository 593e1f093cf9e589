import { taskRoutes } from '@maestro/contracts/gateway/routes/task-routes'
import { queryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'
import { taskListKey } from './tasks.ts'

const goingStatuses = ['running', 'drafting', 'awaiting-approval', 'paused'] as const

/** Of each status. More of them are looked at in the list of tasks. */
const tasksPerStatus = 20

/** Tasks that have not ended, the newest first; what another Maestro did goes on nowhere. */
export const goingTasksQuery = (http: Http) =>
  queryOptions({
    queryKey: [...taskListKey, 'going'],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        goingStatuses.map((status) =>
          http.json(taskRoutes.listTasks, { query: { status, limit: tasksPerStatus }, signal }),
        ),
      )
      return pages
        .flatMap(({ items }) => items)
        .filter(({ imported }) => imported === undefined)
        .toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1))
    },
  })

/** Whether anything was ever asked of this Maestro. */
export const hasTasksQuery = (http: Http) =>
  queryOptions({
    queryKey: [...taskListKey, 'any'],
    queryFn: async ({ signal }) => {
      const { items } = await http.json(taskRoutes.listTasks, { query: { limit: 1 }, signal })
      return items.length > 0
    },
  })
