import { z } from 'zod'
import { TimeZone } from '../../budget/budget.ts'
import { TaskId } from '../../ids.ts'
import { UsdText } from '../../money/nano-usd.ts'
import {
  AgentFigures,
  CallFigures,
  getDashboardMetrics,
  getHistoryAnalytics,
  getTaskAnalytics,
  ModelFigures,
  TaskCounts,
} from '../../timeline/analytics-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'
import { QueryNumber, seqMax } from '../query-values.ts'

const shared = {
  method: 'GET',
  tag: 'history',
  access: 'owner',
  status: 200,
  keyed: false,
} as const

const spent = { costUsd: UsdText }
const CallsOutside = CallFigures.omit({ costNanoUsd: true }).extend(spent)
const whom = {
  agents: z.array(AgentFigures.omit({ costNanoUsd: true }).extend(spent)),
  models: z.array(ModelFigures.omit({ costNanoUsd: true }).extend(spent)),
}

/** Where time and money went. */
export const analyticsRoutes = httpRoutesOf({
  getTaskAnalytics: {
    ...shared,
    path: '/api/tasks/:taskId/analytics',
    summary: getTaskAnalytics.summary,
    params: z.object({ taskId: TaskId }),
    query: z.strictObject({ at: QueryNumber(1, seqMax).optional() }),
    answer: getTaskAnalytics.output.extend(whom),
    errors: ['NOT_FOUND', 'AFTER_BEYOND_HEAD', 'PRUNED'],
  },
  getHistoryAnalytics: {
    ...shared,
    path: '/api/analytics',
    summary: getHistoryAnalytics.summary,
    query: z.strictObject({
      days: QueryNumber(1, 366).default(30),
      timeZone: TimeZone.default('UTC'),
    }),
    answer: getHistoryAnalytics.output.extend({
      ...whom,
      calls: CallsOutside,
      days: z.array(TaskCounts.extend({ day: z.iso.date(), calls: CallsOutside })),
    }),
    errors: [],
  },
  getDashboardMetrics: {
    ...shared,
    path: '/api/dashboard/metrics',
    summary: getDashboardMetrics.summary,
    query: z.strictObject({ hours: QueryNumber(1, 8_784).default(24) }),
    answer: getDashboardMetrics.output.extend({ calls: CallsOutside }),
    errors: [],
  },
})
