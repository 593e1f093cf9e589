import { costRoutes } from '@maestro/contracts/gateway/routes/cost-routes'
import type { TaskId } from '@maestro/contracts/ids'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { budgetsKey } from './budgets.ts'
import type { Http } from './http.ts'
import { toAddress } from './to-address.ts'

type Place = { taskId: TaskId; createdAt: string }

const by = 'purpose,model'

/** What the ledger has booked for a task; asked again when a budget changes. */
export const taskLedgerQuery = (http: Http, { taskId, createdAt }: Place) =>
  queryOptions({
    queryKey: [...budgetsKey, 'ledger', taskId],
    queryFn: ({ signal }) =>
      http.json(costRoutes.listCosts, {
        query: { taskId, from: createdAt, by, order: 'cost', limit: 1 },
        signal,
      }),
  })

export const taskLedgerCsv = ({ taskId, createdAt }: Place): string =>
  toAddress(costRoutes.exportCosts.path, { query: { taskId, from: createdAt, by } })

/** What a task cost is booked a moment after its end. */
const actualEveryMs = 3_000
const actualTriesMax = 10

/** What was expected when its plan stood, and after the end what it did cost: asked again until that is there. */
export const taskEstimateQuery = (http: Http, taskId: TaskId, hasEnded: boolean) =>
  queryOptions({
    queryKey: [...budgetsKey, 'estimate', taskId, hasEnded ? 'ended' : 'going'],
    queryFn: ({ signal }) => http.json(costRoutes.getEstimate, { params: { taskId }, signal }),
    retry: false,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data, dataUpdateCount, errorUpdateCount } }) =>
      hasEnded && data?.actualUsd === null && dataUpdateCount + errorUpdateCount < actualTriesMax
        ? actualEveryMs
        : false,
  })
