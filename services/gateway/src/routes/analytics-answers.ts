import { inUsd } from '@maestro/contracts/gateway/in-usd'
import type { analyticsRoutes } from '@maestro/contracts/gateway/routes/analytics-routes'
import {
  getDashboardMetrics,
  getHistoryAnalytics,
  getTaskAnalytics,
} from '@maestro/contracts/timeline/analytics-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const analyticsAnswers = ({ call }: { call: Call }): Answers<typeof analyticsRoutes> => ({
  getTaskAnalytics: async ({ params, query: { at = null }, context }) => {
    const { agents, models, ...task } = await call(getTaskAnalytics, { ...params, at }, context)
    return { ...task, agents: agents.map(inUsd), models: models.map(inUsd) }
  },

  getHistoryAnalytics: async ({ query, context }) => {
    const { agents, models, calls, days, ...over } = await call(getHistoryAnalytics, query, context)
    return {
      ...over,
      calls: inUsd(calls),
      days: days.map((day) => ({ ...day, calls: inUsd(day.calls) })),
      agents: agents.map(inUsd),
      models: models.map(inUsd),
    }
  },

  getDashboardMetrics: async ({ query, context }) => {
    const { calls, ...figures } = await call(getDashboardMetrics, query, context)
    return { ...figures, calls: inUsd(calls) }
  },
})
