import { budgetRoutes } from '@maestro/contracts/gateway/routes/budget-routes'
import { costRoutes } from '@maestro/contracts/gateway/routes/cost-routes'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { budgetsKey } from './budgets.ts'
import type { Http } from './http.ts'

export const spendBy = ['day', 'provider', 'model', 'agentId', 'taskId', 'purpose'] as const
export type SpendBy = (typeof spendBy)[number]

/** More lines nobody compares: the dearest say where money goes. */
const linesMax = 60

const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** What was spent in the last 30 days by the ledger. Days stand in their order, everything else the dearest first. */
export const spendQuery = (http: Http, by: SpendBy) =>
  queryOptions({
    queryKey: [...budgetsKey, 'spend', by],
    queryFn: ({ signal }) =>
      http.json(costRoutes.listCosts, {
        query: {
          by: by === 'model' ? 'provider,model' : by,
          order: by === 'day' ? 'key' : 'cost',
          timeZone: timeZone(),
          limit: linesMax,
        },
        signal,
      }),
    placeholderData: keepPreviousData,
  })

export const suggestionsQuery = (http: Http) =>
  queryOptions({
    queryKey: [...budgetsKey, 'suggestions'],
    queryFn: ({ signal }) =>
      http.json(costRoutes.listSuggestions, { query: { timeZone: timeZone() }, signal }),
  })

/** When the global limit is reached, at the rate of late. */
export const globalProjectionQuery = (http: Http) =>
  queryOptions({
    queryKey: [...budgetsKey, 'projection'],
    queryFn: ({ signal }) =>
      http.json(budgetRoutes.getBudget, { params: { id: 'global' }, signal }),
  })
