import { planPriceRoutes } from '@maestro/contracts/gateway/routes/plan-price-routes'
import type { TaskId } from '@maestro/contracts/ids'
import { queryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'

/** Prices and what such work uses change slowly; a version never does. */
const freshMs = 60_000

export const planPriceQuery = (
  http: Http,
  { taskId, version }: { taskId: TaskId; version: number },
) =>
  queryOptions({
    queryKey: ['plan-price', taskId, version],
    queryFn: ({ signal }) =>
      http.json(planPriceRoutes.pricePlan, {
        params: { taskId, version: String(version) },
        signal,
      }),
    staleTime: freshMs,
  })
