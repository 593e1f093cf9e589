import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { TaskId } from '../ids.ts'
import { NewTask } from '../task/task-endpoints.ts'

const service = 'scheduler' as const

export const QueueName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
export const QueuePriority = z.enum(['high', 'normal', 'low'])
export type QueuePriority = z.infer<typeof QueuePriority>

export const QueueItemStatus = z.enum([
  'waiting',
  'starting',
  'running',
  'done',
  'failed',
  'removed',
])
export type QueueItemStatus = z.infer<typeof QueueItemStatus>

export const QueueItem = z.object({
  itemId: z.string(),
  queue: QueueName,
  taskId: TaskId,
  title: z.string(),
  priority: QueuePriority,
  status: QueueItemStatus,
  /** Its place in line, from 1; null when it waits no longer. */
  position: z.int().positive().nullable(),
  /** Why it failed, or what it waits for. */
  reason: z.string(),
  enqueuedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
})
export type QueueItem = z.infer<typeof QueueItem>

export const enqueueTask = endpoint({
  service,
  name: 'enqueueTask',
  summary: 'Puts a task into a queue; it is created when its turn comes.',
  input: z.object({ queue: QueueName, priority: QueuePriority, task: NewTask }),
  output: z.object({ itemId: z.string(), taskId: TaskId, position: z.int().positive().nullable() }),
  errors: ['NOT_FOUND', 'IDEMPOTENCY_CONFLICT', 'PLAN_INVALID', 'RATE_LIMITED'],
  timeoutMs: 5_000,
})

export const QueueSummary = z.object({
  name: QueueName,
  slotsMax: z.int().positive(),
  waiting: z.int().nonnegative(),
  running: z.int().nonnegative(),
  oldestWaitMs: z.int().nonnegative(),
})
export type QueueSummary = z.infer<typeof QueueSummary>

export const listQueues = endpoint({
  service,
  name: 'listQueues',
  summary: 'The queues, with how much waits and how many slots are taken.',
  input: z.object({}),
  output: z.object({ items: z.array(QueueSummary) }),
  errors: [],
  timeoutMs: 2_000,
})

export const listQueueItems = endpoint({
  service,
  name: 'listQueueItems',
  summary: 'What waits and runs in a queue, in its order, then what ended, the newest first.',
  input: z.object({ queue: QueueName, limit: z.int().min(1).max(200) }),
  output: z.object({ items: z.array(QueueItem) }),
  errors: ['NOT_FOUND'],
  timeoutMs: 2_000,
})

export const removeQueueItem = endpoint({
  service,
  name: 'removeQueueItem',
  summary: 'Takes a waiting item out of its queue.',
  input: z.object({ itemId: z.string() }),
  output: QueueItem,
  errors: ['NOT_FOUND', 'TASK_ENDED'],
  timeoutMs: 5_000,
})
