import { index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** What was answered under each `Idempotency-Key`. Claimed before the request is carried out; swept after a day. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** `<kind>:<id>`: a key belongs to who sent it. */
    actor: text().notNull(),
    key: text().notNull(),
    /** Method and address. */
    request: text().notNull(),
    /** SHA-256 of the body as it was sent. */
    bodyHash: text('body_hash').notNull(),
    /** The id that a new task gets, fixed with the claim: a retry after a crash creates the same task. */
    taskId: text('task_id').notNull(),
    /** Counts those who tried; an answer of an earlier one comes too late. */
    claim: integer().notNull(),
    claimedBy: text('claimed_by').notNull(),
    claimedAt: at('claimed_at').notNull(),
    /** Null while it is being carried out. */
    status: integer(),
    /** JSON as it was sent, byte for byte; the database is not to put its fields in order. */
    answer: text(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.actor, table.key] }),
    index('idempotency_keys_age').on(table.createdAt),
  ],
)

/** Signed-in browsers. The cookie itself is not kept, only its SHA-256. */
export const sessions = pgTable(
  'sessions',
  {
    id: text().primaryKey(),
    /** SHA-256 of the token that opened it: a new token ends every session of the old one. */
    tokenHash: text('token_hash').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
  },
  (table) => [index('sessions_end').on(table.expiresAt)],
)
