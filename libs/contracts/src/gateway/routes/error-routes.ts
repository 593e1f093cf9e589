import { z } from 'zod'
import { listErrorPatterns, listErrors } from '../../llm/error-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'
import { QueryLimit } from '../query-values.ts'

const tag = 'recovery'
const { provider, failureClass, taskId, pattern, cursor } = listErrors.input.shape
const page = { cursor: cursor.unwrap().optional(), limit: QueryLimit }

/** What went wrong at providers. */
export const errorRoutes = httpRoutesOf({
  listErrors: {
    method: 'GET',
    path: '/api/errors',
    tag,
    summary: 'Failed attempts and calls with their context and a suggested fix, the newest first.',
    access: 'owner',
    query: z.strictObject({
      provider: provider.unwrap().optional(),
      failureClass: failureClass.unwrap().optional(),
      taskId: taskId.unwrap().optional(),
      pattern: pattern.unwrap().optional(),
      ...page,
    }),
    answer: listErrors.output,
    status: 200,
    keyed: false,
    errors: [],
  },
  listErrorPatterns: {
    method: 'GET',
    path: '/api/errors/patterns',
    tag,
    summary:
      'What fails again and again in the same way: how often, since when, whom it hits, and what to do.',
    access: 'owner',
    query: z.strictObject(page),
    answer: listErrorPatterns.output,
    status: 200,
    keyed: false,
    errors: [],
  },
})
