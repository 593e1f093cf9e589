import { analyticsRoutes } from '@maestro/contracts/gateway/routes/analytics-routes'
import type { TaskId } from '@maestro/contracts/ids'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import { analyticsKey } from './analytics-key.ts'
import type { Http } from './http.ts'

export type HistoryAnalytics = z.output<typeof analyticsRoutes.getHistoryAnalytics.answer>

const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Tasks and calls of the last hours, to the minute. */
export const metricsQuery = (http: Http, hours: number) =>
  queryOptions({
    queryKey: [...analyticsKey, 'metrics', hours],
    queryFn: ({ signal }) =>
      http.json(analyticsRoutes.getDashboardMetrics, { query: { hours }, signal }),
    placeholderData: keepPreviousData,
  })

/** By day, agent and model; of whole days of this reader's time zone, today included. */
export const historyAnalyticsQuery = (http: Http, days: number) =>
  queryOptions({
    queryKey: [...analyticsKey, 'history', days],
    queryFn: ({ signal }) =>
      http.json(analyticsRoutes.getHistoryAnalytics, {
        query: { days, timeZone: timeZone() },
        signal,
      }),
    placeholderData: keepPreviousData,
  })

/** Of one task up to a position; null: up to its newest event. */
export const taskAnalyticsQuery = (http: Http, taskId: TaskId, at: number | null) =>
  queryOptions({
    queryKey: [...analyticsKey, 'task', taskId, at],
    queryFn: ({ signal }) =>
      http.json(analyticsRoutes.getTaskAnalytics, {
        params: { taskId },
        query: { at: at ?? undefined },
        signal,
      }),
    placeholderData: keepPreviousData,
  })
