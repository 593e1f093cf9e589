import { budgetRoutes } from '@maestro/contracts/gateway/routes/budget-routes'
import { queryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'

export const budgetsKey = ['budgets'] as const

export const globalBudgetQuery = (http: Http) =>
  queryOptions({
    queryKey: [...budgetsKey, 'global'],
    queryFn: ({ signal }) => http.json(budgetRoutes.getBudgets, { signal }),
  })

export const setGlobalBudget = (
  http: Http,
  body: { limitUsd: string; period: 'once' | 'daily' | 'weekly' | 'monthly' | 'yearly' },
) => http.json(budgetRoutes.changeBudget, { params: { id: 'global' }, body })
