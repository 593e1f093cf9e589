import type { QueueItemStatus, QueuePriority } from '@maestro/contracts/queue/queue-endpoints'
import { sql } from 'drizzle-orm'
import { bigint, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

export { factHeads, facts } from '@maestro/service-kit/fact-table'

const moment = (name: string) => timestamp(name, { withTimezone: true })

export const queues = pgTable('queues', {
  name: text().primaryKey(),
  /** Items that may run at once. An item that starts or runs takes a slot; its end frees it. */
  slotsMax: integer('slots_max').notNull(),
})

export const items = pgTable(
  'items',
  {
    /** Also the id of its job in BullMQ. */
    itemId: text('item_id').primaryKey(),
    queue: text().notNull(),
    taskId: text('task_id').notNull().unique(),
    title: text().notNull(),
    priority: text().$type<QueuePriority>().notNull(),
    /** 1 is first. */
    rank: integer().notNull(),
    /** Order of arrival. */
    place: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    status: text().$type<QueueItemStatus>().notNull(),
    reason: text().notNull(),
    /** SHA-256 of what was enqueued, so that a repetition is told from a conflict. */
    contentHash: text('content_hash').notNull(),
    /** The task as JSON text: a JSON column would refuse some characters that goals may have. */
    task: text().notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    requestId: text('request_id').notNull(),
    traceparent: text(),
    /** How often its task was asked for. */
    attempts: integer().notNull().default(0),
    /** Which copy starts it, and since when. */
    claimedBy: text('claimed_by'),
    claimedAt: moment('claimed_at'),
    /** When the orchestrator was last asked whether its task still runs. */
    checkedAt: moment('checked_at'),
    enqueuedAt: moment('enqueued_at').notNull(),
    startedAt: moment('started_at'),
    endedAt: moment('ended_at'),
  },
  (table) => [
    index('items_waiting')
      .on(table.queue, table.rank, table.place)
      .where(sql`status = 'waiting'`),
    index('items_in_slots')
      .on(table.queue)
      .where(sql`status in ('starting', 'running')`),
    index('items_ended').on(table.queue, table.endedAt),
  ],
)
