import { numberArray, textArray } from '@maestro/service-kit/array-literal'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import type { Level } from '../budgets/level.ts'
import type { Booking } from './booking.ts'

export type Decided = {
  /** The version of the books that was decided on. */
  readonly version: number
  /** Attempts that were taken for new ones without a look. */
  readonly takenForNew: readonly string[]
  readonly levels: readonly Level[]
  /** Lines of the ledger in the order of their decision. */
  readonly bookings: readonly Booking[]
}

/**
 * Writes the levels as they are now, the lines of the ledger, and the reservations as they are after the
 * last line of each, if the books still have the version that was decided on and what was
 * taken for new is new; else nothing. One statement: what was decided in memory costs one trip and one commit.
 *
 * @returns whether it was written. The books then have the next version.
 */
export const writeBookings = async (
  sql: Sql | Transaction,
  { version, takenForNew, levels, bookings }: Decided,
  at: Date,
): Promise<boolean> => {
  const texts = (of: (booking: Booking) => string | null) => textArray(bookings.map(of))
  const numbers = (of: (booking: Booking) => number) => numberArray(bookings.map(of))
  const isNew = new Set(
    bookings
      .filter(({ kind }) => kind === 'reserved')
      .map(({ reservation }) => reservation.attemptId),
  )
  const last = new Map(bookings.map((booking) => [booking.reservation.attemptId, booking]))
  const isLast = (booking: Booking) => last.get(booking.reservation.attemptId) === booking
  // There are few prices and moments, and many reservations at each: each travels once.
  const rates = indexed(bookings, ({ reservation }) => reservation.rate)
  const moments = indexed(bookings, ({ reservation }) => reservation.reservedAt)
  // What is free is what is neither reserved nor settled: it moves by both, the other way.
  const written = await sql`
    with present as (
      update books set version = version + 1
      where books_id = 'books' and version = ${version}
        and ${areUnknown(sql, takenForNew)}
      returning version
    ), row as materialized (
      select * from unnest(
        ${texts(({ reservation }) => reservation.attemptId)}::text::text[],
        ${texts(({ reservation }) => reservation.callId)}::text::text[],
        ${texts(({ reservation }) => reservation.taskId)}::text::text[],
        ${texts(({ reservation }) => reservation.userId)}::text::text[],
        ${texts(({ reservation }) => reservation.agentId)}::text::text[],
        ${texts(({ reservation }) => reservation.stepId)}::text::text[],
        ${texts(({ reservation }) => reservation.purpose)}::text::text[],
        ${texts(({ reservation }) => reservation.provider)}::text::text[],
        ${texts(({ reservation }) => reservation.model)}::text::text[],
        ${numberArray(rates.places)}::text::int[],
        ${numbers(({ reservation }) => reservation.held.nanoUsd)}::text::bigint[],
        ${numbers(({ reservation }) => reservation.held.tokens)}::text::bigint[],
        ${texts(({ reservation }) => reservation.state)}::text::text[],
        ${texts(({ reservation }) => reservation.estimate)}::text::text[],
        ${numbers(({ reservation }) => reservation.cost.nanoUsd)}::text::bigint[],
        ${numbers(({ reservation }) => reservation.cost.tokens)}::text::bigint[],
        ${numbers(({ reservation }) => reservation.overrun.nanoUsd)}::text::bigint[],
        ${numbers(({ reservation }) => reservation.overrun.tokens)}::text::bigint[],
        ${numberArray(moments.places)}::text::int[],
        ${texts(({ reservation }) => reservation.expiresAt.toISOString())}::text::timestamptz[],
        ${texts((booking) => String(isLast(booking)))}::text::bool[],
        ${texts(({ reservation }) => String(isNew.has(reservation.attemptId)))}::text::bool[],
        ${texts(({ model }) => model)}::text::text[],
        ${texts(({ kind }) => kind)}::text::text[],
        ${numbers(({ reserved }) => reserved.nanoUsd)}::text::bigint[],
        ${numbers(({ settled }) => settled.nanoUsd)}::text::bigint[],
        ${numbers(({ overrun }) => overrun.nanoUsd)}::text::bigint[],
        ${numbers(({ reserved }) => reserved.tokens)}::text::bigint[],
        ${numbers(({ settled }) => settled.tokens)}::text::bigint[],
        ${numbers(({ overrun }) => overrun.tokens)}::text::bigint[],
        ${texts(({ usage }) => (usage === null ? null : JSON.stringify(usage)))}::text::text[],
        ${texts(({ pricedAsAnswered }) => String(pricedAsAnswered))}::text::bool[]
      ) with ordinality as row (attempt_id, call_id, task_id, user_id, agent_id, step_id, purpose,
        provider, model, rate, held_nano_usd, held_tokens, state, estimate, cost_nano_usd,
        cost_tokens, overrun_nano_usd, overrun_tokens, reserved_at, expires_at, is_last, is_new,
        answered_model, kind, moved_reserved_nano_usd, moved_settled_nano_usd,
        moved_overrun_nano_usd, moved_reserved_tokens, moved_settled_tokens, moved_overrun_tokens,
        usage, priced_as_answered, line)
    ), given as materialized (
      select ${textArray(rates.values.map((rate) => JSON.stringify(rate)))}::text::jsonb[] as rates,
        ${textArray(moments.values.map((moment) => moment.toISOString()))}::text::timestamptz[] as moments
      from present
    ), counted as (
      insert into levels (level_id, budget_id, period, window_start, window_end,
        settled, reserved, alerted_percent, limit_told)
      select level.* from present, unnest(
        ${textArray(levels.map(({ levelId }) => levelId))}::text::text[],
        ${textArray(levels.map(({ budgetId }) => budgetId))}::text::text[],
        ${textArray(levels.map(({ period }) => period))}::text::text[],
        ${textArray(levels.map(({ windowStart }) => windowStart))}::text::timestamptz[],
        ${textArray(levels.map(({ windowEnd }) => windowEnd))}::text::timestamptz[],
        ${numberArray(levels.map(({ settled }) => settled))}::text::bigint[],
        ${numberArray(levels.map(({ reserved }) => reserved))}::text::bigint[],
        ${numberArray(levels.map(({ alertedPercent }) => alertedPercent))}::text::int[],
        ${textArray(levels.map(({ limitTold }) => String(limitTold)))}::text::bool[]) as level
      on conflict (level_id) do update set settled = excluded.settled,
        reserved = excluded.reserved,
        alerted_percent = excluded.alerted_percent, limit_told = excluded.limit_told
    ), booked as (
      insert into ledger (booked_at, reserved_at, attempt_id, call_id, task_id, user_id, agent_id,
        step_id, purpose, provider, model, kind, free_nano_usd, reserved_nano_usd,
        settled_nano_usd, overrun_nano_usd, free_tokens, reserved_tokens, settled_tokens,
        overrun_tokens, usage, priced_as_answered)
      select ${at}, moments[reserved_at], attempt_id, call_id, task_id, user_id, agent_id, step_id,
        purpose, provider, answered_model, kind,
        0 - moved_reserved_nano_usd - moved_settled_nano_usd, moved_reserved_nano_usd,
        moved_settled_nano_usd, moved_overrun_nano_usd,
        0 - moved_reserved_tokens - moved_settled_tokens, moved_reserved_tokens,
        moved_settled_tokens, moved_overrun_tokens, usage::jsonb, priced_as_answered
      from row, given order by line
    ), held as (
      insert into reservations (attempt_id, call_id, task_id, user_id, agent_id, step_id, purpose,
        provider, model, rate, held_nano_usd, held_tokens, state, estimate, cost_nano_usd,
        cost_tokens, overrun_nano_usd, overrun_tokens, reserved_at, expires_at)
      select attempt_id, call_id, task_id, user_id, agent_id, step_id, purpose, provider, model,
        rates[rate], held_nano_usd, held_tokens, state, estimate, cost_nano_usd, cost_tokens,
        overrun_nano_usd, overrun_tokens, moments[reserved_at], expires_at
      from row, given where is_last and is_new
    ), changed as (
      update reservations as old set state = row.state, estimate = row.estimate,
        cost_nano_usd = row.cost_nano_usd, cost_tokens = row.cost_tokens,
        overrun_nano_usd = row.overrun_nano_usd, overrun_tokens = row.overrun_tokens
      from row, given where is_last and not is_new and old.attempt_id = row.attempt_id
    )
    select version from present`
  return written.length === 1
}

/** Whether the books still have this version, and what was taken for new is new. */
export const areStill = async (
  sql: Sql | Transaction,
  { version, takenForNew }: Pick<Decided, 'version' | 'takenForNew'>,
): Promise<boolean> => {
  const rows = await sql`
    select 1 from books where books_id = 'books' and version = ${version}
      and ${areUnknown(sql, takenForNew)}`
  return rows.length === 1
}

const areUnknown = (sql: Sql | Transaction, attemptIds: readonly string[]) => {
  const ids = textArray(attemptIds)
  return sql`
    not exists (select 1 from reservations where attempt_id = any(${ids}::text::text[]))
    and not exists (select 1 from revocations where attempt_id = any(${ids}::text::text[]))`
}

/** Each different object once, and for every line the place of its own among them; Postgres counts from one. */
const indexed = <Value extends object>(
  bookings: readonly Booking[],
  of: (booking: Booking) => Value,
): { values: readonly Value[]; places: readonly number[] } => {
  const placeOf = new Map<Value, number>()
  const places = bookings.map((booking) => {
    const value = of(booking)
    const place = placeOf.get(value) ?? placeOf.size + 1
    placeOf.set(value, place)
    return place
  })
  return { values: [...placeOf.keys()], places }
}
