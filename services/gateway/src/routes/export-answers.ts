import { AppError } from '@maestro/contracts/errors'
import type { exportRoutes } from '@maestro/contracts/gateway/routes/export-routes'
import { taskFileMediaType } from '@maestro/contracts/gateway/routes/import-routes'
import { getTask } from '@maestro/contracts/task/task-endpoints'
import { getTaskAnalytics } from '@maestro/contracts/timeline/analytics-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { FastifyReply } from 'fastify'
import { Readable } from 'node:stream'
import { costsCsv } from '../exports/costs-csv.ts'
import { historyCsv } from '../exports/history-csv.ts'
import { historyJson } from '../exports/history-json.ts'
import { stepsCsv } from '../exports/steps-csv.ts'
import { taskFile } from '../exports/task-file.ts'
import { openTaskHistory } from '../exports/task-history.ts'
import type { HistoryReader } from '../history/history-reader.ts'
import { resultOf } from '../history/result-of.ts'
import type { PdfMaker } from '../pdf/create-pdf-maker.ts'
import { gatherReport } from '../report/gather-report.ts'
import { createReportGate } from '../report/report-gate.ts'
import { reportMarkdown } from '../report/report-markdown.ts'
import type { Answers } from './answers.ts'
import type { FileSender } from './send-payload.ts'

/** Sent as it is read: no more than a page of it is in memory. */
const sendFile = (
  reply: FastifyReply,
  {
    name,
    contentType,
    at,
  }: {
    name: string
    contentType: string
    /** The event up to which it goes, where its words do not say so. */
    at?: number
  },
  chunks: Iterable<string | Buffer> | AsyncIterable<string>,
): Readable => {
  void reply
    .header('content-type', contentType)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
  if (at !== undefined) void reply.header('x-task-seq', at)
  return Readable.from(chunks)
}
const csv = 'text/csv; charset=utf-8'

/** A history is read and folded for each: few take long, and many would take the time of all others. */
const markdownBounds = { what: 'reports', atOnceMax: 2, waitingMax: 16, limitMs: 120_000 }

/** Ends when whoever asked went away, or has the answer. */
const closingOf = (reply: FastifyReply): AbortSignal => {
  const closing = new AbortController()
  reply.raw.once('close', () => closing.abort())
  if (reply.raw.destroyed) closing.abort()
  return closing.signal
}

export const exportAnswers = ({
  call,
  history,
  sendPayload,
  makePdf,
  publicUrl,
}: {
  call: Call
  history: HistoryReader
  sendPayload: FileSender
  makePdf: PdfMaker
  publicUrl: string | undefined
}): Answers<typeof exportRoutes> => {
  const markdownGate = createReportGate(markdownBounds)
  return {
    exportTask: async ({ params: { taskId }, query: { of, at }, context }, reply) => {
      const file = { name: `${taskId}.md`, contentType: 'text/markdown; charset=utf-8' }
      if (of === 'report') {
        const gather = (signal: AbortSignal) => gatherReport({ call, taskId, at, context, signal })
        const report = async (signal: AbortSignal) => reportMarkdown(await gather(signal))
        return sendFile(reply, file, [await markdownGate(report, closingOf(reply))])
      }
      const { seq, state } =
        at === undefined
          ? await call(getTask, { taskId }, context)
          : await history.stateAt(taskId, { at, detail: 'outline' }, context)
      const { status, result } = resultOf(state)
      if (result === null) throw new AppError('RESULT_NOT_READY', { taskId, status, seq })
      return sendPayload(reply, result, { name: file.name, mediaType: 'text/markdown', context })
    },

    exportTaskPdf: async ({ params: { taskId }, query: { at }, context }, reply) => {
      const gather = (signal: AbortSignal) => gatherReport({ call, taskId, at, context, signal })
      const pdf = await makePdf(gather, closingOf(reply))
      return sendFile(reply, { name: `${taskId}.pdf`, contentType: 'application/pdf' }, [pdf])
    },

    exportTaskJson: async ({ params: { taskId }, query: { at }, context }, reply) => {
      const history = await openTaskHistory({ call, taskId, at, context })
      const contentType = 'application/json; charset=utf-8'
      const file = { name: `${taskId}.json`, contentType, at: history.at }
      return sendFile(reply, file, historyJson(taskId, history))
    },

    exportTaskFile: async ({ params: { taskId }, query: { at }, context }, reply) => {
      const history = await openTaskHistory({ call, taskId, at, context })
      const name = `${taskId}.maestro.jsonl`
      const file = { name, contentType: taskFileMediaType, at: history.at }
      return sendFile(reply, file, taskFile(taskId, history, { call, context, from: publicUrl }))
    },

    exportTaskCsv: async ({ params: { taskId }, query: { of, at }, context }, reply) => {
      const history = await openTaskHistory({ call, taskId, at, context })
      const file = { name: `${taskId}-${of}.csv`, contentType: csv, at: history.at }
      if (of === 'steps') {
        // The timeline may be some events behind: all files that are asked for now end at the same one.
        const { steps } = await call(getTaskAnalytics, { taskId, at: history.at }, context)
        return sendFile(reply, file, [stepsCsv(steps)])
      }
      return sendFile(reply, file, of === 'costs' ? costsCsv(history) : historyCsv(history))
    },
  }
}
