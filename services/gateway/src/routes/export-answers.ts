import type { exportRoutes } from '@maestro/contracts/gateway/routes/export-routes'
import { getTaskAnalytics } from '@maestro/contracts/timeline/analytics-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { FastifyReply } from 'fastify'
import { Readable } from 'node:stream'
import { costsCsv } from '../exports/costs-csv.ts'
import { historyCsv } from '../exports/history-csv.ts'
import { historyJson } from '../exports/history-json.ts'
import { stepsCsv } from '../exports/steps-csv.ts'
import { openTaskHistory } from '../exports/task-history.ts'
import type { Answers } from './answers.ts'

/** Sent as it is read: no more than a page of it is in memory. */
const sendFile = (
  reply: FastifyReply,
  { name, contentType }: { name: string; contentType: string },
  chunks: Iterable<string> | AsyncIterable<string>,
): Readable => {
  void reply
    .header('content-type', contentType)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
  return Readable.from(chunks)
}
const csv = 'text/csv; charset=utf-8'

export const exportAnswers = ({ call }: { call: Call }): Answers<typeof exportRoutes> => ({
  exportTaskJson: async ({ params: { taskId }, query: { at }, context }, reply) => {
    const history = await openTaskHistory({ call, taskId, at, context })
    const file = { name: `${taskId}.json`, contentType: 'application/json; charset=utf-8' }
    return sendFile(reply, file, historyJson(taskId, history))
  },

  exportTaskCsv: async ({ params: { taskId }, query: { of, at }, context }, reply) => {
    const file = { name: `${taskId}-${of}.csv`, contentType: csv }
    if (of === 'steps') {
      const { steps } = await call(getTaskAnalytics, { taskId, at: at ?? null }, context)
      return sendFile(reply, file, [stepsCsv(steps)])
    }
    const history = await openTaskHistory({ call, taskId, at, context })
    return sendFile(reply, file, of === 'costs' ? costsCsv(history) : historyCsv(history))
  },
})
