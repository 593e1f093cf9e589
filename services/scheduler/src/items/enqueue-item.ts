import { createHash } from 'node:crypto'
import { AppError } from '@maestro/contracts/errors'
import type { QueuePriority } from '@maestro/contracts/queue/queue-endpoints'
import type { NewTask } from '@maestro/contracts/task/task-endpoints'
import type { Transaction } from '@maestro/service-kit/database'
import { newToken } from '@maestro/service-kit/new-id'
import type { RequestContext } from '@maestro/service-kit/request-context'
import { type ItemRow, rankOf, titleOf } from './item.ts'
import { itemColumns } from './item-columns.ts'
import { tellMoves } from './move-items.ts'

/** Items that wait in one queue: days of work. Beyond it, callers are told to come back instead of being forgotten. */
const waitingMax = 10_000

export type Enqueued = { item: ItemRow; isNew: boolean }

/** Puts a task in line, once. @throws {AppError} `NOT_FOUND`, `IDEMPOTENCY_CONFLICT`, `RATE_LIMITED`. */
export const enqueueItem = async (
  transaction: Transaction,
  {
    queue,
    priority,
    task,
    context,
    traceparent,
    at,
  }: {
    queue: string
    priority: QueuePriority
    task: NewTask
    context: RequestContext
    traceparent: string | undefined
    at: Date
  },
): Promise<Enqueued> => {
  const taskJson = JSON.stringify(task)
  const contentHash = createHash('sha256')
    .update(`${queue}\n${priority}\n${taskJson}`)
    .digest('hex')
  // The same task may be enqueued twice at the same moment: the second one waits and finds it.
  await transaction`select pg_advisory_xact_lock(hashtextextended(${task.taskId}, 0))`
  const [known] = await transaction<(ItemRow & { contentHash: string })[]>`
    select ${itemColumns(transaction)}, content_hash as "contentHash"
    from items where task_id = ${task.taskId}`
  if (known !== undefined) {
    if (known.contentHash === contentHash) return { item: known, isNew: false }
    throw new AppError('IDEMPOTENCY_CONFLICT', { taskId: task.taskId })
  }
  await mustHaveRoom(transaction, queue)

  const [item] = await transaction<ItemRow[]>`
    insert into items (item_id, queue, task_id, title, priority, rank, status, reason, content_hash,
      task, actor_kind, actor_id, request_id, traceparent, enqueued_at)
    values (${`item_${newToken()}`}, ${queue}, ${task.taskId}, ${titleOf(task.goal)}, ${priority},
      ${rankOf(priority)}, 'waiting', '', ${contentHash}, ${taskJson}, ${context.actor.kind},
      ${context.actor.id}, ${context.requestId}, ${traceparent ?? null}, ${at})
    returning ${itemColumns(transaction)}`
  if (item === undefined) throw new Error('the item was not inserted')
  await tellMoves(transaction, [{ row: item, from: null }], at)
  return { item, isNew: true }
}

const mustHaveRoom = async (transaction: Transaction, queue: string): Promise<void> => {
  const [room] = await transaction<{ waiting: number }[]>`
    select (select count(*) from (
      select 1 from items where queue = queues.name and status = 'waiting' limit ${waitingMax}
    ) as line)::int as waiting
    from queues where name = ${queue}`
  if (room === undefined) throw new AppError('NOT_FOUND', { kind: 'queue', queue })
  if (room.waiting >= waitingMax) throw new AppError('RATE_LIMITED', { queue, waitingMax })
}
