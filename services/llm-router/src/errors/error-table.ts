import { bigserial, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Failed attempts and calls, for people. Swept by age and by number. */
export const errorReports = pgTable(
  'error_reports',
  {
    id: bigserial('id', { mode: 'bigint' }).primaryKey(),
    /** The attempt, or the ask of the call: a repeated write adds nothing. */
    reportKey: text('report_key').notNull().unique(),
    at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
    pattern: text('pattern').notNull(),
    failureClass: text('failure_class').notNull(),
    provider: text('provider'),
    callId: text('call_id').notNull(),
    taskId: text('task_id').notNull(),
    /** The rest of it, as it is read. */
    facts: jsonb('facts').notNull(),
  },
  (table) => [
    index('error_reports_pattern').on(table.pattern, table.id),
    index('error_reports_task').on(table.taskId),
  ],
)
