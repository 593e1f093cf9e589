import { bigint, date, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** Which call has bought the answer to a request, and which one is about to. The answers themselves are the journal's. */
export const cachedAnswers = pgTable('cached_answers', {
  /** SHA-256 of the request, within whoever may have its answer. */
  key: text('key').primaryKey(),
  /** Null: nobody has bought one yet. */
  callId: text('call_id'),
  /** The newest call that went to buy one; `calls` knows whether it still runs and what came of it. */
  leaderCallId: text('leader_call_id'),
  usedAt: timestamp('used_at', { withTimezone: true }).notNull().defaultNow(),
})

/** What the cache did for whom, per UTC day. */
export const cacheDays = pgTable(
  'cache_days',
  {
    day: date('day').notNull(),
    userId: text('user_id').notNull(),
    /** Answered with what was there. */
    hits: integer('hits').notNull().default(0),
    /** Waited for another call, and answered with its answer. */
    joins: integer('joins').notNull().default(0),
    /** Asked anew. */
    misses: integer('misses').notNull().default(0),
    savedNanoUsd: bigint('saved_nano_usd', { mode: 'number' }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.day, table.userId] })],
)
