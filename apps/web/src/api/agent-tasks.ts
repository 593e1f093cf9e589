import { timelineRoutes } from '@maestro/contracts/gateway/routes/timeline-routes'
import { queryOptions } from '@tanstack/react-query'
import { analyticsKey } from './analytics-key.ts'
import type { Http } from './http.ts'

/** Events of an agent that are looked through for the tasks they are of. */
const eventsMax = 200

/** The tasks in which an agent of this name did something last, the newest first. */
export const agentTasksQuery = (http: Http, agent: string) =>
  queryOptions({
    queryKey: [...analyticsKey, 'tasks of agent', agent],
    queryFn: async ({ signal }) => {
      const { items } = await http.json(timelineRoutes.searchHistory, {
        query: { agent, kind: 'task', limit: eventsMax },
        signal,
      })
      const lastAt = new Map<string, string>()
      for (const { taskId, at } of items)
        if (taskId !== null && !lastAt.has(taskId)) lastAt.set(taskId, at)
      return [...lastAt].map(([taskId, at]) => ({ taskId, at }))
    },
  })
