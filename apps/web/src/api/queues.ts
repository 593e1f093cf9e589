import { queueRoutes } from '@maestro/contracts/gateway/routes/queue-routes'
import { queryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'

export const queuesKey = ['queues'] as const

export const queuesQuery = (http: Http) =>
  queryOptions({
    queryKey: [...queuesKey],
    queryFn: ({ signal }) => http.json(queueRoutes.listQueues, { signal }),
  })

export const queueItemsQuery = (http: Http, name: string) =>
  queryOptions({
    queryKey: [...queuesKey, name, 'items'],
    queryFn: ({ signal }) =>
      http.json(queueRoutes.listQueueItems, { params: { name }, query: { limit: 200 }, signal }),
  })

export const removeQueueItem = (http: Http, params: { name: string; itemId: string }) =>
  http.json(queueRoutes.removeQueueItem, { params })
