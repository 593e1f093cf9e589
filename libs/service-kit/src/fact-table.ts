import { sql } from 'drizzle-orm'
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'

/** Facts that wait to be published, and those that were. A service that publishes facts exports both tables from its schema. */
export const facts = pgTable(
  'facts',
  {
    /** `<kind>.<id>`: the end of the NATS subject, and the CloudEvent's subject. */
    subject: text().notNull(),
    seq: integer().notNull(),
    type: text().notNull(),
    data: jsonb().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    traceparent: text(),
    published: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.subject, table.seq] }),
    index('facts_unpublished')
      .on(table.subject, table.seq)
      .where(sql`not published`),
  ],
)

/** The newest number of each subject. Its row lock keeps numbers dense: a transaction that rolls back gives its numbers back. */
export const factHeads = pgTable('fact_heads', {
  subject: text().primaryKey(),
  seq: integer().notNull(),
})
