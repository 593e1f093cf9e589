import type { Actor } from '@maestro/contracts/actor'
import { type QueueItem, QueuePriority } from '@maestro/contracts/queue/queue-endpoints'
import { NewTask } from '@maestro/contracts/task/task-endpoints'

/** The place of a priority in line, and its priority in BullMQ: 1 comes first. */
export const rankOf = (priority: QueuePriority): number =>
  QueuePriority.options.indexOf(priority) + 1

/** An item with what is needed to start its task. */
export type ItemRow = Omit<QueueItem, 'position' | 'enqueuedAt' | 'startedAt' | 'endedAt'> & {
  rank: number
  attempts: number
  task: string
  actorKind: Actor['kind']
  actorId: string
  requestId: string
  traceparent: string | null
  enqueuedAt: Date
  startedAt: Date | null
  endedAt: Date | null
}

export const taskOf = (row: Pick<ItemRow, 'task'>): NewTask => NewTask.parse(JSON.parse(row.task))

export const toQueueItem = (row: ItemRow, position: number | null): QueueItem => ({
  itemId: row.itemId,
  queue: row.queue,
  taskId: row.taskId,
  title: row.title,
  priority: row.priority,
  status: row.status,
  position,
  reason: row.reason,
  enqueuedAt: row.enqueuedAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
})

const titleCharactersMax = 120
const reasonCharactersMax = 1_000

/** Text that Postgres takes and a line of a list can show. */
const plain = (text: string, charactersMax: number): string => {
  // eslint-disable-next-line no-control-regex -- control characters are what is taken out
  const line = text.replace(/[\u0000-\u001f\u007f\s]+/g, ' ').trim()
  if (line.length <= charactersMax) return line
  // Never cut a surrogate pair in half: half of one is no text.
  return `${line.slice(0, charactersMax - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** The first line of the goal that says something. */
export const titleOf = (goal: string): string =>
  plain(goal.split('\n').find((line) => line.trim() !== '') ?? goal, titleCharactersMax)

export const reasonOf = (text: string): string => plain(text, reasonCharactersMax)
