import { z } from 'zod'
import { QueueItem, QueueItemStatus } from './queue-endpoints.ts'

/** Facts of queues, on `maestro.event.queue.<name>`. */
export const queueEventData = {
  /** An item entered the queue (`from` is null) or changed its status. */
  QueueItemMoved: z.object({
    from: QueueItemStatus.nullable(),
    /** Without its place in line: one move changes the places of many. */
    item: QueueItem.omit({ position: true }),
  }),
} as const
