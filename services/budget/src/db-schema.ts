import type { BudgetAction, BudgetPeriod } from '@maestro/contracts/budget/budget'
import type { BudgetScope, BudgetUnit } from '@maestro/contracts/budget/budget-refusal'
import type { CallPurpose } from '@maestro/contracts/llm/call-work'
import type { Rate, Usage } from '@maestro/contracts/money/cost-of'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'

export { factHeads, facts } from '@maestro/service-kit/fact-table'
export { taskEstimates } from './estimates/estimate-table.ts'
export { refusedAnswers } from './suggestions/refused-answer-table.ts'
export { givenPrices } from './prices/price-tables.ts'

const amount = (name: string) => bigint(name, { mode: 'number' })
const moment = (name: string) => timestamp(name, { withTimezone: true })

const scope = () => text().$type<BudgetScope>().notNull()
const period = () => text().$type<BudgetPeriod>().notNull()

/**
 * One row. Its lock puts all decisions of all copies in one line, and its version says how many there
 * were: who knows the books at the present version knows them as they are.
 */
export const books = pgTable('books', {
  booksId: text('books_id').primaryKey(),
  version: bigint('version', { mode: 'number' }).notNull(),
})

/** What may be spent, by whom and in which rhythm. */
export const budgets = pgTable(
  'budgets',
  {
    /** `global`, the id of a task whose limit came with it, or `bdg_…`. */
    budgetId: text('budget_id').primaryKey(),
    scope: scope(),
    /** `global`, or the id of the user, task or agent. */
    scopeId: text('scope_id').notNull(),
    unit: text().$type<BudgetUnit>().notNull(),
    period: period(),
    timeZone: text('time_zone').notNull(),
    /** In its unit. */
    limitAmount: amount('limit_amount').notNull(),
    action: text().$type<BudgetAction>().notNull(),
    /** Shares of the limit that people are told of. */
    alertPercents: integer('alert_percents').array().notNull(),
    /** Reservations from this moment on count. */
    countsFrom: moment('counts_from').notNull(),
    /** The limit that the task's calls brought last. */
    broughtNanoUsd: amount('brought_nano_usd'),
  },
  (table) => [index('budgets_of_scope').on(table.scope, table.scopeId)],
)

/** Counters of one budget in one window. The window is part of the key: nothing is ever reset. */
export const levels = pgTable(
  'levels',
  {
    /** `<budget id>/<period>/<window start>` */
    levelId: text('level_id').primaryKey(),
    budgetId: text('budget_id').notNull(),
    period: period(),
    windowStart: moment('window_start').notNull(),
    windowEnd: moment('window_end'),
    /** In the unit of the budget. */
    settled: amount('settled').notNull(),
    reserved: amount('reserved').notNull(),
    /** The highest share of the limit that people were told of, in percent. */
    alertedPercent: integer('alerted_percent').notNull(),
    /** People were told that the limit is reached. */
    limitTold: boolean('limit_told').notNull(),
  },
  (table) => [index('levels_of_budget').on(table.budgetId, table.windowStart)],
)

export const reservations = pgTable(
  'reservations',
  {
    attemptId: text('attempt_id').primaryKey(),
    callId: text('call_id').notNull(),
    taskId: text('task_id').notNull(),
    userId: text('user_id').notNull(),
    agentId: text('agent_id'),
    stepId: text('step_id'),
    purpose: text().$type<CallPurpose>().notNull(),
    provider: text().notNull(),
    model: text().notNull(),
    /** The price of the model asked for, at the moment of the reservation. */
    rate: jsonb().$type<Rate>().notNull(),
    heldNanoUsd: amount('held_nano_usd').notNull(),
    heldTokens: amount('held_tokens').notNull(),
    state: text().$type<'held' | 'settled' | 'released'>().notNull(),
    /** Why the cost is no more than an estimate; null when it is known. */
    estimate: text().$type<'usage-unknown' | 'lease-expired'>(),
    costNanoUsd: amount('cost_nano_usd').notNull(),
    costTokens: amount('cost_tokens').notNull(),
    overrunNanoUsd: amount('overrun_nano_usd').notNull(),
    overrunTokens: amount('overrun_tokens').notNull(),
    reservedAt: moment('reserved_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    index('reservations_held')
      .on(table.expiresAt)
      .where(sql`state = 'held'`),
  ],
)

/** Attempts that were released before their reservation arrived: it must not hold money any more. */
export const revocations = pgTable('revocations', {
  attemptId: text('attempt_id').primaryKey(),
  revokedAt: moment('revoked_at').notNull(),
})

/**
 * What was booked, in the order of booking: each line moves an amount between the accounts `free`,
 * `reserved` and `settled` of every level that its attempt counts on, and adds up to nothing.
 * Append-only: a correction is a line of its own.
 */
export const ledger = pgTable(
  'ledger',
  {
    bookingId: bigint('booking_id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    bookedAt: moment('booked_at').notNull(),
    /** When the attempt was reserved: it counts in the windows of that moment. */
    reservedAt: moment('reserved_at').notNull(),
    attemptId: text('attempt_id').notNull(),
    callId: text('call_id').notNull(),
    taskId: text('task_id').notNull(),
    userId: text('user_id').notNull(),
    agentId: text('agent_id'),
    stepId: text('step_id'),
    purpose: text().$type<CallPurpose>().notNull(),
    provider: text().notNull(),
    /** The model that answered, or the one asked for where no answer is known. */
    model: text().notNull(),
    kind: text().$type<'reserved' | 'settled' | 'estimated' | 'released' | 'corrected'>().notNull(),
    freeNanoUsd: amount('free_nano_usd').notNull(),
    reservedNanoUsd: amount('reserved_nano_usd').notNull(),
    /** What this line adds to the spending; a correction may take away. */
    settledNanoUsd: amount('settled_nano_usd').notNull(),
    /** What of it nothing was held for. */
    overrunNanoUsd: amount('overrun_nano_usd').notNull(),
    freeTokens: amount('free_tokens').notNull(),
    reservedTokens: amount('reserved_tokens').notNull(),
    settledTokens: amount('settled_tokens').notNull(),
    overrunTokens: amount('overrun_tokens').notNull(),
    usage: jsonb().$type<Usage>(),
    // Out of the usage, so that sums of many lines need not take it apart.
    inputTokens: amount('input_tokens').generatedAlwaysAs(sql`(usage->'inputTokens')::bigint`),
    cachedInputTokens: amount('cached_input_tokens').generatedAlwaysAs(
      sql`(usage->'cachedInputTokens')::bigint`,
    ),
    outputTokens: amount('output_tokens').generatedAlwaysAs(sql`(usage->'outputTokens')::bigint`),
    /** False when the model that answered has no known price and the reserved price was taken. */
    pricedAsAnswered: boolean('priced_as_answered').notNull(),
  },
  (table) => [
    index('ledger_by_task').on(table.taskId),
    index('ledger_by_time').on(table.bookedAt),
    // What costs are summed from carries all that they need: a million lines are read without the table.
    index('ledger_costs')
      .on(
        table.reservedAt,
        table.kind,
        table.settledNanoUsd,
        table.settledTokens,
        table.inputTokens,
        table.cachedInputTokens,
        table.outputTokens,
        table.provider,
        table.model,
        table.purpose,
        table.userId,
        table.agentId,
        table.taskId,
      )
      .where(sql`kind in ('settled', 'estimated', 'corrected')`),
    // Both are rare.
    index('ledger_corrections')
      .on(table.reservedAt)
      .where(sql`kind = 'corrected'`),
    index('ledger_estimates')
      .on(table.attemptId)
      .where(sql`kind = 'estimated'`),
    check(
      'ledger_adds_up',
      sql`free_nano_usd + reserved_nano_usd + settled_nano_usd = 0
        and free_tokens + reserved_tokens + settled_tokens = 0`,
    ),
  ],
)

export const prices = pgTable(
  'prices',
  {
    provider: text().notNull(),
    model: text().notNull(),
    validFrom: moment('valid_from').notNull(),
    validUntil: moment('valid_until'),
    rate: jsonb().$type<Rate>().notNull(),
    outputTokensMax: integer('output_tokens_max'),
    source: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.provider, table.model, table.validFrom] })],
)
