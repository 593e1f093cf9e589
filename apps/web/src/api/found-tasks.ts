import { taskRoutes } from '@maestro/contracts/gateway/routes/task-routes'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'
import { taskListKey } from './tasks.ts'

/** More of them nobody reads in a list of what was found. */
const foundMax = 12

/** Tasks, however old, whose goal has these words. */
export const foundTasksQuery = (http: Http, q: string) =>
  queryOptions({
    queryKey: [...taskListKey, 'found', q],
    queryFn: ({ signal }) =>
      http.json(taskRoutes.listTasks, { query: { q, limit: foundMax }, signal }),
    placeholderData: keepPreviousData,
  })
