import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { getTaskEvents } from '@maestro/contracts/task/task-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { RequestContext } from '@maestro/service-kit/request-context'

/** What is in memory of a task at once, however long it is. */
const eventsPerPageMax = 500

export type TaskHistory = {
  /** The position at which it ends. */
  at: number
  /** Every event up to there, once, in order; page by page. */
  pages: () => AsyncGenerator<readonly CloudEvent[]>
}

/**
 * A task's events up to a position, or up to the newest one there is now: a task that goes on while
 * it is read does not move the end.
 * @throws {AppError} `NOT_FOUND`, `AFTER_BEYOND_HEAD`.
 */
export const openTaskHistory = async ({
  call,
  taskId,
  at: wanted,
  context,
}: {
  call: Call
  taskId: TaskId
  at: number | undefined
  context: RequestContext
}): Promise<TaskHistory> => {
  const read = (after: number, limit: number) =>
    call(getTaskEvents, { taskId, after, limit }, context)
  const first = await read(0, eventsPerPageMax)
  const at = wanted ?? first.head
  if (at > first.head) throw new AppError('AFTER_BEYOND_HEAD', { at, head: first.head })

  const pages = async function* () {
    let after = 0
    for (let page = first.events; after < at;) {
      const events = page.filter(({ seq }) => seq <= at)
      const isDense = events.every(({ seq }, index) => seq === after + index + 1)
      // The file is cut off rather than wrong: whoever downloads it sees that it failed.
      if (events.length === 0 || !isDense) throw new AppError('INTERNAL', { taskId, after })
      yield events
      after += events.length
      if (after < at) page = (await read(after, Math.min(at - after, eventsPerPageMax))).events
    }
  }
  return { at, pages }
}
