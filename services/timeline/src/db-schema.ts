import { bytea } from '@maestro/service-kit/payload-table'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'

const words = customType<{ data: string }>({ dataType: () => 'tsvector' })
const moment = (name: string) => bigint(name, { mode: 'number' })

/**
 * Every event of every stream, once, in eight partitions by the hash of its subject: a task is read
 * from one of them, and a search merges their newest ends. `body` is the CloudEvent as JSON in text,
 * not jsonb: the keys keep their order, so that a fold has the same bytes everywhere.
 */
export const events = pgTable(
  'events',
  {
    /** `task`, or the kind of the stream that a fact belongs to. */
    kind: text().notNull(),
    /** The CloudEvent's: a task's id, or `<kind>.<id>`. */
    subject: text().notNull(),
    seq: integer().notNull(),
    /** 0 for tasks, whose numbers are given once. For facts their moment: an outbox that was lost begins again at 1. */
    era: moment('era').notNull(),
    type: text().notNull(),
    atMs: moment('at_ms').notNull(),
    stepId: text('step_id'),
    /** Whose step it is, by the plan that stood then. */
    agent: text(),
    /** What is searched for: the words of its texts, and what it is about (`=type=StepFailed`). */
    words: words().notNull(),
    body: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.subject, table.seq, table.era] }),
    index('events_by_time').on(table.atMs, table.subject, table.seq),
    index('events_by_words').using('gin', table.words),
    index('facts_by_time')
      .on(table.kind, table.atMs)
      .where(sql`kind <> 'task'`),
  ],
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
    title: text(),
    createdAtMs: moment('created_at_ms'),
    /** `succeeded`, `failed` or `cancelled`; null while it goes on. */
    outcome: text(),
    endedAtMs: moment('ended_at_ms'),
    /** Of one that ran in another Maestro: it counts in no figure of this one, and is kept from then on. */
    importedAtMs: moment('imported_at_ms'),
    /** When something of it was written last: while events still come, whether it was imported is not known. */
    writtenAtMs: moment('written_at_ms').notNull().default(0),
    /** When its events were removed; what stands here is what is still known. */
    prunedAtMs: moment('pruned_at_ms'),
  },
  (table) => [
    index('task_heads_gaps')
      .on(table.taskId)
      .where(sql`seen > head`),
    index('task_heads_ended').on(table.endedAtMs),
    index('task_heads_imported')
      .on(table.importedAtMs)
      .where(sql`imported_at_ms is not null`),
  ],
)

/** Whose each step is, by the newest plan. */
export const stepAgents = pgTable(
  'step_agents',
  {
    taskId: text('task_id').notNull(),
    /** Its place in the plan: its name, behind those of the steps that hold it. */
    step: text().notNull(),
    agent: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.taskId, table.step] })],
)

/** What each model call was, for figures over many tasks. */
export const calls = pgTable(
  'calls',
  {
    taskId: text('task_id').notNull(),
    /** Of the event that tells of its end. */
    seq: integer().notNull(),
    atMs: moment('at_ms').notNull(),
    /** The agent of its step, or the role of the drafting. */
    agent: text(),
    provider: text(),
    model: text(),
    /** `answered` or `failed`. */
    outcome: text().notNull(),
    /** Answered with what another call had bought. */
    reused: boolean().notNull(),
    /** Attempts whose worker died. */
    lost: integer().notNull(),
    retries: integer().notNull(),
    fallbacks: integer().notNull(),
    inputTokens: bigint('input_tokens', { mode: 'number' }).notNull(),
    outputTokens: bigint('output_tokens', { mode: 'number' }).notNull(),
    costNanoUsd: bigint('cost_nano_usd', { mode: 'number' }).notNull(),
    latencyMs: bigint('latency_ms', { mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.taskId, table.seq] }),
    index('calls_by_time').on(table.atMs),
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
    /** Why it was made: `count`, or the milestone that it stands at. */
    reason: text().notNull(),
    /** `Task` of libs/task-model, packed (packed-state.ts). */
    state: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.taskId, table.model, table.seq] })],
)

/** What retention removed, by kind: of events, and lines of logs. */
export const prunings = pgTable('prunings', {
  kind: text().primaryKey(),
  /** Nothing older than this is here. */
  beforeMs: moment('before_ms').notNull(),
  events: bigint({ mode: 'number' }).notNull(),
})

/**
 * What services said, in sixteen partitions that are filled in turn and emptied whole (log-segments.ts):
 * what is removed leaves nothing behind in tables or indexes.
 */
export const logs = pgTable(
  'logs',
  {
    /** The partition. */
    segment: integer().notNull(),
    /** The process that said it, and the number of the line among its own. */
    instance: text().notNull(),
    seq: integer().notNull(),
    atMs: moment('at_ms').notNull(),
    /** Whose step it is about, by the plan that stood then. */
    agent: text(),
    /** As those of `events`. */
    words: words().notNull(),
    /** The line as JSON. */
    body: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.instance, table.seq, table.segment] }),
    index('logs_by_time').on(table.atMs, table.instance, table.seq),
    index('logs_by_words').using('gin', table.words),
  ],
)

/** The partitions of `logs` that hold lines; the one of the greatest turn takes what comes. */
export const logSegments = pgTable('log_segments', {
  /** Which filling it is, of all: its partition is the rest of a division by their number. */
  turn: integer().primaryKey(),
  beganAtMs: moment('began_at_ms').notNull(),
  newestAtMs: moment('newest_at_ms').notNull(),
  lines: integer().notNull(),
})

/** What has to be remembered over restarts, such as that the history was filled once. */
export const marks = pgTable('marks', { name: text().primaryKey() })
