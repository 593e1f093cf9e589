import { AppError } from '@maestro/contracts/errors'
import { listTasks } from '@maestro/contracts/task/task-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { startLoop } from '@maestro/service-kit/start-loop'
import { isOutage } from '@maestro/service-kit/wire-error'
import type { CatchUp } from './catch-up.ts'
import type { Marks } from './marks.ts'

const tasksPerPage = 200
const tryAgainMs = 2_000

/**
 * Reads every task from the orchestrator's tables, once in the life of a database: what the stream
 * has forgotten by then stands only there. Cut off anywhere, it begins again; what is here is not
 * read twice.
 */
export const startFillingFromTasks = ({
  marks,
  call,
  catchUp,
  log,
}: {
  marks: Marks
  call: Call
  catchUp: CatchUp
  log: Logger
}): { stop: () => Promise<void> } => {
  const outage = createOutageLog({
    log,
    away: 'the history waits to be filled',
    back: 'the history is filled again',
  })

  const fillAll = async (isStopped: () => boolean): Promise<{ tasks: number; failed: number }> => {
    let tasks = 0
    let failed = 0
    for (let cursor: string | null = null; !isStopped();) {
      const page: Awaited<ReturnType<typeof readPage>> = await readPage(cursor)
      for (const { taskId, seq } of page.items) {
        if (isStopped()) break
        const outcome = await fill(taskId, seq)
        if (outcome === 'filled') tasks += 1
        if (outcome === 'failed') failed += 1
      }
      cursor = page.nextCursor
      if (cursor === null) break
    }
    return { tasks, failed }
  }
  const readPage = (cursor: string | null) =>
    call(listTasks, { status: null, q: null, cursor, limit: tasksPerPage })
  const fill = async (
    taskId: Parameters<CatchUp>[0],
    seq: number,
  ): Promise<'filled' | 'gone' | 'failed'> => {
    try {
      await catchUp(taskId, seq)
      return 'filled'
    } catch (error) {
      // One that retention has removed meanwhile stays removed.
      if (error instanceof AppError && (error.code === 'PRUNED' || error.code === 'NOT_FOUND'))
        return 'gone'
      if (isOutage(error)) throw error
      // What is wrong with one task would be wrong again: it keeps no other from being read.
      log.error({ err: error, taskId }, 'a task could not be read into the history')
      return 'failed'
    }
  }

  const fillOnce = async (isStopped: () => boolean): Promise<'done'> => {
    if (await marks.has('tasks')) return 'done'
    const { tasks, failed } = await fillAll(isStopped)
    if (isStopped()) return 'done'
    // Without the mark the next start tries those that failed again.
    if (failed === 0) await marks.set('tasks')
    log.info({ tasks, failed }, 'the history was filled from the tasks')
    return 'done'
  }
  return startLoop({ work: fillOnce, restMs: tryAgainMs, outage })
}
