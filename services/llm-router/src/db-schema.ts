import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'

export { cachedAnswers, cacheDays } from './cache/cache-tables.ts'
export { errorReports } from './errors/error-table.ts'
export { recoveryVersions } from './recovery/recovery-table.ts'
export { factHeads, facts } from '@maestro/service-kit/fact-table'
export { strategyVersions } from './strategy/strategy-table.ts'
export { payloadChunks, payloads } from '@maestro/service-kit/payload-table'
export { keyChanges, providerKeys } from './keys/key-tables.ts'
export { listedModels, modelOverrides, modelRefreshes } from './models/model-tables.ts'

/** The call journal (I5): one row per model call, whoever asks for it and however often. */
export const calls = pgTable(
  'calls',
  {
    callId: text('call_id').primaryKey(),
    taskId: text('task_id').notNull(),
    stepId: text('step_id'),
    agentId: text('agent_id'),
    purpose: text('purpose').notNull(),
    /** `running`, `answered`, `failed` or `incomplete`. */
    state: text('state').notNull(),
    /** The highest `ask` that was claimed. */
    ask: integer('ask').notNull(),
    replyTo: text('reply_to').notNull(),
    /** Which copy runs it, and which life of that copy. */
    copy: text('copy').notNull(),
    incarnation: text('incarnation').notNull(),
    /** Grows with every claim; whoever holds an older one can write nothing. */
    fence: integer('fence').notNull(),
    leaseUntil: timestamp('lease_until', { withTimezone: true }).notNull(),
    /** The highest attempt number that was used; numbers are never used twice. */
    attempt: integer('attempt').notNull().default(0),
    /** The attempt that may have left for a provider and has no outcome yet; of the first one only its number. */
    inFlight: jsonb('in_flight'),
    attempts: jsonb('attempts').notNull().default([]),
    /** How many of `attempts` belong to earlier asks. */
    runStart: integer('run_start').notNull().default(0),
    answerRef: jsonb('answer_ref'),
    /** Why it failed, or why its answer is incomplete. */
    failure: jsonb('failure'),
    /** A failed call that a higher `ask` may open again. */
    isAskable: boolean('is_askable').notNull().default(false),
    /** `CallFacts`, and beside them `asked`: keys and sizes of the request (`call-use/asked-prompt.ts`). */
    facts: jsonb('facts'),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (table) => [
    index('calls_running')
      .on(table.copy)
      .where(sql`state = 'running'`),
    index('calls_of_task').on(table.taskId),
    index('calls_by_start').on(table.startedAt),
  ],
)

/** What budget still has to hear, written in the transaction of the outcome it belongs to. */
export const settlements = pgTable(
  'settlements',
  {
    attemptId: text('attempt_id').primaryKey(),
    callId: text('call_id').notNull(),
    /** `settle` books the cost, `release` frees a reservation that cost nothing. */
    kind: text('kind').notNull(),
    model: text('model').notNull(),
    /** Null: unknown, so the reservation is booked whole. */
    usage: jsonb('usage'),
    sentAt: timestamp('sent_at', { withTimezone: true }).notNull(),
    /** `pending`, `settled`, or `unknown` when budget knows no such reservation. */
    state: text('state').notNull().default('pending'),
    dueAt: timestamp('due_at', { withTimezone: true }).notNull(),
    costNanoUsd: bigint('cost_nano_usd', { mode: 'number' }),
    overrunNanoUsd: bigint('overrun_nano_usd', { mode: 'number' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    settledAt: timestamp('settled_at', { withTimezone: true }),
  },
  (table) => [
    index('settlements_due')
      .on(table.dueAt)
      .where(sql`state = 'pending'`),
  ],
)

/** Calls that must not be sent any more. Outlives the message that said so; swept after a day. */
export const cancelMarks = pgTable('cancel_marks', {
  callId: text('call_id').primaryKey(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
})
