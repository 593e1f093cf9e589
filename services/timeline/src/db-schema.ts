import { sql } from 'drizzle-orm'
import { bigint, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/**
 * Every task event, once. `body` is the CloudEvent as JSON in text, not jsonb: the keys keep their
 * order, so that a fold has the same bytes everywhere. What a tick shows is beside it, so that a
 * timeline is drawn without opening a body.
 */
export const events = pgTable(
  'events',
  {
    taskId: text('task_id').notNull(),
    seq: integer().notNull(),
    type: text().notNull(),
    atMs: bigint('at_ms', { mode: 'number' }).notNull(),
    stepId: text('step_id'),
    body: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.taskId, table.seq] })],
)

/** How far each task's history goes. `seen` beyond `head`: events are missing in between. */
export const taskHeads = pgTable(
  'task_heads',
  {
    taskId: text('task_id').primaryKey(),
    /** Events 1 to this one are here. */
    head: integer().notNull(),
    /** The newest event that is here. */
    seen: integer().notNull(),
  },
  (table) => [
    index('task_heads_gaps')
      .on(table.taskId)
      .where(sql`seen > head`),
  ],
)

/** States on the way, so that no fold is long. They can be made again at any time. */
export const snapshots = pgTable(
  'snapshots',
  {
    taskId: text('task_id').notNull(),
    /** The rules that folded it: another version of them may come to another state. */
    model: text().notNull(),
    seq: integer().notNull(),
    /** `Task` of libs/task-model as JSON. */
    state: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.taskId, table.model, table.seq] })],
)
