import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import type { HeadlineType } from '@maestro/contracts/task/headlines'
import type { TaskStatus } from '@maestro/contracts/task/task-status'
import type { Transaction } from '@maestro/service-kit/database'
import { moveItems, type Move } from '../items/move-items.ts'

/** How a task ended, as far as its queue is concerned. */
export type TaskEnd = { taskId: string; to: 'done' | 'failed'; reason: string }

const reasonIn = (event: CloudEvent): string =>
  typeof event.data['reason'] === 'string' ? event.data['reason'] : ''

/** The events that tell of an end. */
export const endTypes: readonly HeadlineType[] = ['TaskSucceeded', 'TaskFailed', 'TaskCancelled']

/** The end that an event tells of; null for every other event. A cancelled task is done with: nothing failed. */
export const endOf = (event: CloudEvent): TaskEnd | null => {
  const taskId = event.subject
  switch (event.type) {
    case 'maestro.TaskSucceeded':
      return { taskId, to: 'done', reason: '' }
    case 'maestro.TaskFailed':
      return { taskId, to: 'failed', reason: reasonIn(event) }
    case 'maestro.TaskCancelled':
      return { taskId, to: 'done', reason: `The task was cancelled. ${reasonIn(event)}` }
    default:
      return null
  }
}

/** The same, from the status of a task whose end was missed; null while it has not ended. */
export const endOfStatus = (taskId: string, status: TaskStatus): TaskEnd | null => {
  switch (status) {
    case 'succeeded':
      return { taskId, to: 'done', reason: '' }
    case 'failed':
      return { taskId, to: 'failed', reason: 'The task failed.' }
    case 'cancelled':
      return { taskId, to: 'done', reason: 'The task was cancelled.' }
    case 'drafting':
    case 'awaiting-approval':
    case 'running':
    case 'paused':
      return null
  }
}

/** Frees the slots of tasks that ended. Harmless to repeat. Returns how many it freed. */
export const endItems = async (
  transaction: Transaction,
  { ends, at }: { ends: readonly TaskEnd[]; at: Date },
): Promise<number> => {
  if (ends.length === 0) return 0
  const byTask = new Map(ends.map((end) => [end.taskId, end]))
  const items = await transaction<{ itemId: string; taskId: string }[]>`
    select item_id as "itemId", task_id as "taskId" from items
    where task_id = any(${[...byTask.keys()]}::text[]) and ended_at is null`
  const moves = items.flatMap(({ itemId, taskId }): Move[] => {
    const end = byTask.get(taskId)
    return end === undefined ? [] : [{ itemId, to: end.to, reason: end.reason }]
  })
  // Also one that still waits: the answer to its start may have been lost.
  const from = ['waiting', 'starting', 'running'] as const
  return (await moveItems(transaction, { moves, from, at })).length
}
