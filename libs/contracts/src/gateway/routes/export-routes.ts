import { z } from 'zod'
import { TaskId } from '../../ids.ts'
import { httpRoutesOf } from '../http-route.ts'
import { QueryNumber, seqMax } from '../query-values.ts'
import { taskFileMediaType } from './import-routes.ts'

const shared = {
  method: 'GET',
  tag: 'exports',
  access: 'owner',
  status: 200,
  keyed: false,
  params: z.object({ taskId: TaskId }),
  errors: ['NOT_FOUND', 'AFTER_BEYOND_HEAD', 'PRUNED'],
} as const

/** Left out: up to the event that is the newest when one asks; what comes meanwhile is not in it. */
const at = QueryNumber(1, seqMax).optional()

/** A task as a file. */
export const exportRoutes = httpRoutesOf({
  exportTask: {
    ...shared,
    path: '/api/tasks/:taskId/export.md',
    summary:
      'A report of the task as Markdown: summary, result, plan, costs and time, decisions, appendix; or its result alone.',
    query: z.strictObject({ of: z.enum(['report', 'result']).default('report'), at }),
    files: ['text/markdown'],
    errors: [...shared.errors, 'RESULT_NOT_READY'],
  },
  exportTaskPdf: {
    ...shared,
    path: '/api/tasks/:taskId/export.pdf',
    summary: 'The report of the task as PDF, with its plan and figures drawn.',
    query: z.strictObject({ at }),
    files: ['application/pdf'],
  },
  exportTaskJson: {
    ...shared,
    path: '/api/tasks/:taskId/export.json',
    summary: 'Every event of a task, whole and in order, as one JSON document.',
    query: z.strictObject({ at }),
    files: ['application/json'],
  },
  exportTaskFile: {
    ...shared,
    path: '/api/tasks/:taskId/export.task',
    summary:
      'A task as one file: every event and every text that they name, as JSON lines that are chained by their SHA-256.',
    query: z.strictObject({ at }),
    files: [taskFileMediaType],
  },
  exportTaskCsv: {
    ...shared,
    path: '/api/tasks/:taskId/export.csv',
    summary: 'The events of a task, its steps, or its model calls with what they cost, as CSV.',
    query: z.strictObject({ of: z.enum(['events', 'steps', 'costs']).default('events'), at }),
    files: ['text/csv'],
  },
})
