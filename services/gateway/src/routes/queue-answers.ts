import type { queueRoutes } from '@maestro/contracts/gateway/routes/queue-routes'
import {
  enqueueTask,
  listQueueItems,
  listQueues,
  removeQueueItem,
} from '@maestro/contracts/queue/queue-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { PrepareTask } from '../inputs/prepare-task.ts'
import type { Answers } from './answers.ts'

export const queueAnswers = ({
  call,
  prepareTask,
}: {
  call: Call
  prepareTask: PrepareTask
}): Answers<typeof queueRoutes> => ({
  listQueues: ({ context }) => call(listQueues, {}, context),
  listQueueItems: ({ params, query, context }) =>
    call(listQueueItems, { queue: params.name, limit: query.limit }, context),
  enqueueTask: async ({ params, body: { task, priority }, taskId, context }) =>
    call(
      enqueueTask,
      { queue: params.name, priority, task: await prepareTask(task, taskId, context) },
      context,
    ),
  removeQueueItem: ({ params, context }) =>
    call(removeQueueItem, { itemId: params.itemId }, context),
})
