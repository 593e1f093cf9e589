import { catalogueRoutes } from '@maestro/contracts/gateway/routes/catalogue-routes'
import { queryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'
import { systemKey } from './system.ts'

export const providersQuery = (http: Http) =>
  queryOptions({
    queryKey: [...systemKey, 'providers'],
    queryFn: ({ signal }) => http.json(catalogueRoutes.listProviders, { signal }),
    refetchInterval: 15_000,
  })
