import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Calls whose answer their asker could not use: a cheap model that has to be asked twice is none. */
export const refusedAnswers = pgTable(
  'refused_answers',
  {
    callId: text('call_id').primaryKey(),
    refusedAt: timestamp('refused_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('refused_answers_by_time').on(table.refusedAt)],
)
