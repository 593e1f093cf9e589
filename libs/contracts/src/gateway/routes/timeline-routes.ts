import { z } from 'zod'
import { TaskId } from '../../ids.ts'
import { getTaskTicks } from '../../timeline/timeline-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'

const shared = {
  method: 'GET',
  tag: 'history',
  access: 'owner',
  status: 200,
  keyed: false,
} as const

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
})
