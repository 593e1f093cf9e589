import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { bytea } from '@maestro/service-kit/payload-table'

export { payloadChunks, payloads } from '@maestro/service-kit/payload-table'

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/**
 * Append-only, and the outbox at the same time (I3). A row holds what one commit wrote of a task. The
 * primary key is the lock (I1): what anybody takes for the head is the end of a commit, so whoever
 * knows an older one begins where a row begins already.
 */
export const taskEvents = pgTable(
  'task_events',
  {
    taskId: text('task_id').notNull(),
    /** Of its first event. */
    seq: integer().notNull(),
    /** Of its last event; null in rows that were written one by one. */
    lastSeq: integer('last_seq'),
    /** Of its last event. */
    at: moment('at').notNull(),
    /** Its events, see `store/packed-events.ts`; null in rows of before, whose one event stands in the four columns that follow. */
    packed: bytea(),
    type: text(),
    actor: text(),
    /** Not jsonb: the keys keep their order, so that a fold has the same bytes everywhere. */
    data: text(),
    traceparent: text(),
    /** Copies of the version before look here for what is not published, and find nothing. Read by none of ours. */
    published: boolean().notNull().default(true),
    /**
     * The transaction that wrote it, by which the relay finds what is new. Set by Postgres, also for copies of the
     * version before. 0: from before events named it, and on the stream by then.
     */
    transactionId: bigint('transaction_id', { mode: 'number' })
      .notNull()
      .default(sql`(pg_current_xact_id()::text)::bigint`),
    /** Order of insertion. A task's events have rising positions, because n + 1 is written after n was committed. */
    position: bigserial({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.taskId, table.seq] }),
    index('task_events_by_transaction').on(table.transactionId, table.position),
    index('task_events_recent').on(table.at),
  ],
)

/** The head of each task with its line in lists, written in the transaction of its events. */
export const tasks = pgTable(
  'tasks',
  {
    taskId: text('task_id').primaryKey(),
    head: integer().notNull(),
    status: text().notNull(),
    goal: text().notNull(),
    /** `TaskSummary` as JSON. */
    summary: text().notNull(),
    /** Of the command that created it: the same again is harmless, another one under this id is refused. */
    requestHash: text('request_hash').notNull(),
    /** The trace that the whole task belongs to (I9). */
    traceparent: text(),
    /** The budget without whose money it does not go on; null: it does not wait for one. */
    waitsForBudget: text('waits_for_budget'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    index('tasks_by_age').on(table.createdAt, table.taskId),
    index('tasks_by_status').on(table.status, table.createdAt),
    index('tasks_without_money')
      .on(table.waitsForBudget, table.taskId)
      .where(sql`waits_for_budget is not null`),
  ],
)

/** A state on the way of each long task, so that no load folds all of its events. They can be made again at any time. */
export const taskSnapshots = pgTable('task_snapshots', {
  taskId: text('task_id').primaryKey(),
  /** The rules that folded it: another version of them may come to another state. */
  model: text().notNull(),
  seq: integer().notNull(),
  /** `Task` of libs/task-model, see `store/packed-task.ts`. */
  state: bytea().notNull(),
})

export const approvals = pgTable(
  'approvals',
  {
    approvalId: text('approval_id').primaryKey(),
    taskId: text('task_id').notNull(),
    status: text().notNull(),
    /** `ApprovalSummary` without its task's position, as JSON. */
    body: text().notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    index('approvals_by_status').on(table.status, table.expiresAt),
    index('approvals_by_task').on(table.taskId),
  ],
)

/** Work that events ask for and that is not answered yet (I4). */
export const effects = pgTable(
  'effects',
  {
    taskId: text('task_id').notNull(),
    effectId: text('effect_id').notNull(),
    /** `Effect` as JSON. */
    body: text().notNull(),
    dueAt: moment('due_at').notNull(),
    /** The copy that runs it; its lease lives in `copies`. Null: nobody yet. */
    owner: text(),
    /** How often it was taken over; the asks of a call count on from there. */
    takes: integer().notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.taskId, table.effectId] }),
    index('effects_due').on(table.dueAt),
  ],
)

/** Living copies of this service. A lease on effects is kept alive here, by one row a copy. */
export const copies = pgTable('copies', {
  owner: text().primaryKey(),
  copyName: text('copy_name').notNull(),
  aliveUntil: moment('alive_until').notNull(),
})

/** Commands that were carried out under an idempotency key, written in their transaction (I10). */
export const commandKeys = pgTable(
  'command_keys',
  {
    /** SHA-256 of the actor and the key as it was sent. */
    key: text().primaryKey(),
    /** Of the command: another one under the same key is refused. */
    requestHash: text('request_hash').notNull().default(''),
    taskId: text('task_id').notNull(),
    seq: integer().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [index('command_keys_by_age').on(table.createdAt)],
)

/** What the relay has to remember over restarts, such as which stream it fills. */
export const relayMarks = pgTable('relay_marks', {
  name: text().primaryKey(),
  value: text().notNull(),
})
