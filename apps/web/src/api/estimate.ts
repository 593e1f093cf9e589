import { costRoutes } from '@maestro/contracts/gateway/routes/cost-routes'
import type { HttpTaskOptions } from '@maestro/contracts/gateway/http-task'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'

/** What a task would cost that is drafted with these options. Nothing is made by asking. */
export const estimateQuery = (http: Http, options: HttpTaskOptions) =>
  queryOptions({
    queryKey: ['estimate', options],
    queryFn: ({ signal }) => http.json(costRoutes.estimateTask, { body: { options }, signal }),
    placeholderData: keepPreviousData,
  })
