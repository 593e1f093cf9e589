import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** The recovery strategies, whole, in every version that ever held. Rows are added and never changed. */
export const recoveryVersions = pgTable('recovery_versions', {
  version: integer('version').primaryKey(),
  strategies: jsonb('strategies').notNull(),
  /** The class that this version changed; null: all of them. */
  failureClass: text('failure_class'),
  author: jsonb('author').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
})
