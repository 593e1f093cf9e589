import { catalogueRoutes } from '@maestro/contracts/gateway/routes/catalogue-routes'
import { queryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'
import { systemKey } from './system.ts'

/** The tools that agents may be given. */
export const toolsQuery = (http: Http) =>
  queryOptions({
    queryKey: [...systemKey, 'tools'],
    queryFn: ({ signal }) => http.json(catalogueRoutes.listTools, { signal }),
  })
