import { z } from 'zod'
import { TaskId } from '../../ids.ts'
import { searchHistory } from '../../timeline/history-endpoints.ts'
import { searchLogs } from '../../timeline/log-endpoints.ts'
import { getTaskTicks } from '../../timeline/timeline-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'
import { QueryLimit } from '../query-values.ts'

const shared = {
  method: 'GET',
  tag: 'history',
  access: 'owner',
  status: 200,
  keyed: false,
} as const

const wish = searchHistory.input.shape
const logWish = searchLogs.input.shape

/** What happened, over one task and over all of them. */
export const timelineRoutes = httpRoutesOf({
  getTaskTicks: {
    ...shared,
    path: '/api/tasks/:taskId/ticks',
    summary: getTaskTicks.summary,
    params: z.object({ taskId: TaskId }),
    answer: getTaskTicks.output,
    errors: ['NOT_FOUND', 'PRUNED'],
  },
  searchHistory: {
    ...shared,
    path: '/api/history',
    summary: searchHistory.summary,
    query: z.strictObject({
      /** `word word* "a phrase" type:StepFailed -agent:critic` */
      q: wish.q.default(''),
      kind: wish.kind.default(null),
      type: wish.type.default(null),
      actor: wish.actor.default(null),
      task: wish.task.default(null),
      step: wish.step.default(null),
      agent: wish.agent.default(null),
      from: wish.from.default(null),
      to: wish.to.default(null),
      cursor: wish.cursor.default(null),
      limit: QueryLimit,
    }),
    answer: searchHistory.output,
    errors: [],
  },
  searchLogs: {
    ...shared,
    path: '/api/logs',
    summary: searchLogs.summary,
    query: z.strictObject({
      /** `word "a phrase" level:warn service:llm-router -provider:groq` */
      q: logWish.q.default(''),
      level: logWish.level.default(null),
      service: logWish.service.default(null),
      task: logWish.task.default(null),
      agent: logWish.agent.default(null),
      step: logWish.step.default(null),
      from: logWish.from.default(null),
      to: logWish.to.default(null),
      cursor: logWish.cursor.default(null),
      limit: QueryLimit,
    }),
    answer: searchLogs.output,
    errors: [],
  },
})
