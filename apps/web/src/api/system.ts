import { systemRoutes } from '@maestro/contracts/gateway/routes/system-routes'
import { queryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'

export const systemKey = ['system'] as const

export const systemStatusQuery = (http: Http) =>
  queryOptions({
    queryKey: [...systemKey, 'status'],
    queryFn: ({ signal }) => http.json(systemRoutes.getStatus, { signal }),
    refetchInterval: 5_000,
  })
