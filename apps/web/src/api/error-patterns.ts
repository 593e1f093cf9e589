import { errorRoutes } from '@maestro/contracts/gateway/routes/error-routes'
import { queryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'
import { systemKey } from './system.ts'

/** What fails again and again at providers, the most recent first. */
export const errorPatternsQuery = (http: Http, limit: number) =>
  queryOptions({
    queryKey: [...systemKey, 'error patterns', limit],
    queryFn: ({ signal }) => http.json(errorRoutes.listErrorPatterns, { query: { limit }, signal }),
  })
