import { numberArray, textArray } from '@maestro/service-kit/array-literal'
import type { Transaction } from '@maestro/service-kit/database'
import type { Booking } from './booking.ts'

/**
 * Appends lines to the ledger in the order of their decision, and writes the reservations as they are
 * after the last line of each: one statement for a whole batch, which carries what both need once.
 */
export const writeBookings = async (
  transaction: Transaction,
  bookings: readonly Booking[],
  at: Date,
): Promise<void> => {
  if (bookings.length === 0) return
  const texts = (of: (booking: Booking) => string | null) => textArray(bookings.map(of))
  const numbers = (of: (booking: Booking) => number) => numberArray(bookings.map(of))
  const last = new Map(bookings.map((booking) => [booking.reservation.attemptId, booking]))
  const isLast = (booking: Booking) => last.get(booking.reservation.attemptId) === booking
  // There are few prices and moments, and many reservations at each: each travels once.
  const rates = indexed(bookings, ({ reservation }) => reservation.rate)
  const moments = indexed(bookings, ({ reservation }) => reservation.reservedAt)
  // What is free is what is neither reserved nor settled: it moves by both, the other way.
  await transaction`
    with row as materialized (
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
        cost_tokens, overrun_nano_usd, overrun_tokens, reserved_at, expires_at, is_last,
        answered_model, kind, moved_reserved_nano_usd, moved_settled_nano_usd,
        moved_overrun_nano_usd, moved_reserved_tokens, moved_settled_tokens, moved_overrun_tokens,
        usage, priced_as_answered, line)
    ), given as materialized (
      select ${textArray(rates.values.map((rate) => JSON.stringify(rate)))}::text::jsonb[] as rates,
        ${textArray(moments.values.map((moment) => moment.toISOString()))}::text::timestamptz[] as moments
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
    )
    insert into reservations (attempt_id, call_id, task_id, user_id, agent_id, step_id, purpose,
      provider, model, rate, held_nano_usd, held_tokens, state, estimate, cost_nano_usd,
      cost_tokens, overrun_nano_usd, overrun_tokens, reserved_at, expires_at)
    select attempt_id, call_id, task_id, user_id, agent_id, step_id, purpose, provider, model,
      rates[rate], held_nano_usd, held_tokens, state, estimate, cost_nano_usd, cost_tokens,
      overrun_nano_usd, overrun_tokens, moments[reserved_at], expires_at
    from row, given where is_last
    on conflict (attempt_id) do update set state = excluded.state, estimate = excluded.estimate,
      cost_nano_usd = excluded.cost_nano_usd, cost_tokens = excluded.cost_tokens,
      overrun_nano_usd = excluded.overrun_nano_usd, overrun_tokens = excluded.overrun_tokens`
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
