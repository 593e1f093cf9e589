import { AppError } from '@maestro/contracts/errors'
import {
  enqueueTask,
  listQueueItems,
  listQueues,
  removeQueueItem,
} from '@maestro/contracts/queue/queue-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import { activeTraceparent } from '@maestro/service-kit/trace'
import { enqueueItem } from './items/enqueue-item.ts'
import { toQueueItem } from './items/item.ts'
import { listItems, positionOf, summarizeQueues } from './items/item-views.ts'
import { refuseBrokenPlan } from './items/refuse-broken-plan.ts'
import { removeItem } from './items/remove-item.ts'
import type { RunningQueue } from './run-queue.ts'

export const schedulerEndpoints = ({
  sql,
  call,
  queues,
  now,
  onFacts,
}: {
  sql: Sql
  call: Call
  queues: ReadonlyMap<string, RunningQueue>
  now: () => Date
  onFacts: () => void
}): readonly Implementation[] => {
  const read = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw asDatabaseOutage(error)
    }
  }
  const write = async <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => {
    const result = await read(async () => (await sql.begin(work)) as T)
    onFacts()
    return result
  }

  return [
    implement(enqueueTask, async ({ queue: name, priority, task }, context) => {
      const queue = queues.get(name)
      if (queue === undefined) throw new AppError('NOT_FOUND', { kind: 'queue', queue: name })
      await refuseBrokenPlan(call, task, context)
      const { item, position } = await write(async (transaction) => {
        const wish = { queue: name, priority, task, context }
        const enqueued = await enqueueItem(transaction, {
          ...wish,
          traceparent: activeTraceparent(),
          at: now(),
        })
        return { ...enqueued, position: await positionOf(transaction, enqueued.item.itemId) }
      })
      if (position !== null) queue.putInLine(item)
      return { itemId: item.itemId, taskId: item.taskId, position }
    }),

    implement(listQueues, () => read(async () => ({ items: await summarizeQueues(sql, now()) }))),

    implement(listQueueItems, (wish) => read(async () => ({ items: await listItems(sql, wish) }))),

    implement(removeQueueItem, async ({ itemId }) => {
      const item = await write((transaction) => removeItem(transaction, { itemId, at: now() }))
      // When its job stays, its turn finds that it waits no longer.
      queues
        .get(item.queue)
        ?.line.remove(itemId)
        .catch(() => undefined)
      return toQueueItem(item, null)
    }),
  ]
}
