import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { getTaskAnalytics } from '@maestro/contracts/timeline/analytics-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { RequestContext } from '@maestro/service-kit/request-context'
import { outlineOf } from '@maestro/task-model/outline-of'
import { setImmediate } from 'node:timers/promises'
import { openTaskHistory } from '../exports/task-history.ts'
import type { ReportFigures } from './figures-section.ts'
import { readReportText } from './read-report-text.ts'
import { emptyReportLog, noteEvent } from './report-log.ts'
import { reportOf } from './report-of.ts'
import type { Report } from './report.ts'

/**
 * Reads a task's history up to a position and makes its report. A task that goes on meanwhile does not
 * move the end.
 * @throws {AppError} `NOT_FOUND`, `AFTER_BEYOND_HEAD`.
 */
export const gatherReport = async ({
  call,
  taskId,
  at: wanted,
  context,
  signal,
}: {
  call: Call
  taskId: TaskId
  at: number | undefined
  context: RequestContext
  /** When it ends, nobody wants the report any more. */
  signal: AbortSignal
}): Promise<Report> => {
  const { at, pages } = await openTaskHistory({ call, taskId, at: wanted, context })
  const log = emptyReportLog()
  for await (const events of pages()) {
    for (const event of events) noteEvent(log, event)
    // A long history is folded between the requests of others.
    await setImmediate()
    signal.throwIfAborted()
    // What its steps did turn by turn is no part of a report, and may be many megabytes.
    if (log.task.status !== 'unborn') log.task = outlineOf(log.task)
  }
  const { task } = log
  if (task.status === 'unborn') throw new AppError('NOT_FOUND', { kind: 'task', taskId })
  const [goal, result, figures] = await Promise.all([
    readReportText(call, task.goal, context),
    task.result === null ? null : readReportText(call, task.result, context),
    readFigures({ call, taskId, at, context }),
  ])
  return reportOf(task, { log, goal, result, figures })
}

/** A report without these figures is still one: whatever keeps the timeline from telling them is said in it. */
const readFigures = async ({
  call,
  taskId,
  at,
  context,
}: {
  call: Call
  taskId: TaskId
  at: number
  context: RequestContext
}): Promise<ReportFigures> => {
  try {
    return { analytics: await call(getTaskAnalytics, { taskId, at }, context) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return {
      missing:
        error.code === 'PRUNED'
          ? 'Where the time went is not known any more: the history of this task was removed by retention.'
          : 'Where the time went could not be asked when this report was made; another export will tell it.',
    }
  }
}
