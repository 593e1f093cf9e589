import type { Sql, Transaction } from '@maestro/service-kit/database'

/** The columns of an `ItemRow`, of the table `items`. */
export const itemColumns = (sql: Sql | Transaction) => sql`
  items.item_id as "itemId", items.queue, items.task_id as "taskId", items.title, items.priority,
  items.rank, items.status, items.reason, items.attempts, items.task,
  items.actor_kind as "actorKind", items.actor_id as "actorId", items.request_id as "requestId",
  items.traceparent, items.enqueued_at as "enqueuedAt", items.started_at as "startedAt",
  items.ended_at as "endedAt"`
