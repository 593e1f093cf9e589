import { integer, jsonb, pgTable, timestamp } from 'drizzle-orm/pg-core'

/** The system's strategy in every version that ever held. Rows are added and never changed. */
export const strategyVersions = pgTable('strategy_versions', {
  version: integer('version').primaryKey(),
  strategy: jsonb('strategy').notNull(),
  author: jsonb('author').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
})
