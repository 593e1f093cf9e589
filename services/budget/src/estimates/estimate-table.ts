import type { EstimateLine, EstimateTotal } from '@maestro/contracts/budget/estimate-endpoints'
import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const moment = (name: string) => timestamp(name, { withTimezone: true })

/** What was expected of a task when its newest plan stood, and what its steps cost in the end. */
export const taskEstimates = pgTable(
  'task_estimates',
  {
    taskId: text('task_id').primaryKey(),
    planVersion: integer('plan_version').notNull(),
    estimatedAt: moment('estimated_at').notNull(),
    lines: jsonb().$type<EstimateLine[]>().notNull(),
    total: jsonb().$type<EstimateTotal>().notNull(),
    endedAt: moment('ended_at'),
    /** Null until all that it reserved is booked. */
    actualNanoUsd: bigint('actual_nano_usd', { mode: 'number' }),
  },
  (table) => [
    index('task_estimates_to_close')
      .on(table.endedAt)
      .where(sql`ended_at is not null and actual_nano_usd is null`),
    index('task_estimates_closed')
      .on(table.endedAt)
      .where(sql`actual_nano_usd is not null`),
  ],
)
