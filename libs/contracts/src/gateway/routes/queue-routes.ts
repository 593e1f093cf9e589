import { z } from 'zod'
import {
  enqueueTask,
  listQueueItems,
  listQueues,
  QueueItem,
  QueueName,
  QueuePriority,
} from '../../queue/queue-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'
import { HttpNewTask, newTaskBodyBytesMax } from '../http-task.ts'
import { QueryLimit } from '../query-values.ts'

const tag = 'queues'
const params = z.object({ name: QueueName })

export const queueRoutes = httpRoutesOf({
  listQueues: {
    method: 'GET',
    path: '/api/queues',
    tag,
    summary: 'The queues, with how much waits and how many slots are taken.',
    access: 'owner',
    answer: listQueues.output,
    status: 200,
    keyed: false,
    errors: [],
  },
  listQueueItems: {
    method: 'GET',
    path: '/api/queues/:name/items',
    tag,
    summary: 'What waits and runs in a queue, in its order, then what ended, the newest first.',
    access: 'owner',
    params,
    query: z.strictObject({ limit: QueryLimit }),
    answer: listQueueItems.output,
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
  enqueueTask: {
    method: 'POST',
    path: '/api/queues/:name/items',
    tag,
    summary: 'Puts a task into a queue; it is created when its turn comes.',
    access: 'owner',
    params,
    body: z.strictObject({ task: HttpNewTask, priority: QueuePriority.default('normal') }),
    answer: enqueueTask.output,
    status: 201,
    keyed: true,
    bodyBytesMax: newTaskBodyBytesMax,
    errors: [
      'NOT_FOUND',
      'PLAN_INVALID',
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'IDEMPOTENCY_CONFLICT',
      'VERSION_CONFLICT',
    ],
  },
  removeQueueItem: {
    method: 'DELETE',
    path: '/api/queues/:name/items/:itemId',
    tag,
    summary: 'Takes a waiting item out of its queue.',
    access: 'owner',
    params: params.extend({ itemId: z.string().min(1).max(120) }),
    answer: QueueItem,
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND', 'TASK_ENDED'],
  },
})
