import type { Sql, Transaction } from '@maestro/service-kit/database'
import type { Booking } from './booking.ts'
import type { Reservation } from './reservation.ts'

export const readReservations = (
  sql: Sql | Transaction,
  attemptIds: readonly string[],
): Promise<Reservation[]> =>
  sql<Reservation[]>`
    select attempt_id as "attemptId", call_id as "callId", task_id as "taskId", provider, model,
      rate, held_nano_usd as "heldNanoUsd", level_ids as "levelIds", state, estimate,
      cost_nano_usd as "costNanoUsd", overrun_nano_usd as "overrunNanoUsd",
      reserved_at as "reservedAt", expires_at as "expiresAt"
    from reservations where attempt_id = any(${attemptIds}::text[])`

export const writeReservations = async (
  transaction: Transaction,
  reservations: readonly Reservation[],
): Promise<void> => {
  if (reservations.length === 0) return
  // A list of ids travels as one text: arrays of arrays must all have the same length.
  await transaction`
    insert into reservations (attempt_id, call_id, task_id, provider, model, rate, held_nano_usd,
      level_ids, state, estimate, cost_nano_usd, overrun_nano_usd, reserved_at, expires_at)
    select attempt_id, call_id, task_id, provider, model, rate::jsonb, held_nano_usd,
      array(select jsonb_array_elements_text(level_ids::jsonb)), state, estimate, cost_nano_usd,
      overrun_nano_usd, reserved_at, expires_at
    from unnest(
      ${reservations.map((row) => row.attemptId)}::text[],
      ${reservations.map((row) => row.callId)}::text[],
      ${reservations.map((row) => row.taskId)}::text[],
      ${reservations.map((row) => row.provider)}::text[],
      ${reservations.map((row) => row.model)}::text[],
      ${reservations.map((row) => JSON.stringify(row.rate))}::text[],
      ${reservations.map((row) => row.heldNanoUsd)}::bigint[],
      ${reservations.map((row) => JSON.stringify(row.levelIds))}::text[],
      ${reservations.map((row) => row.state)}::text[],
      ${reservations.map((row) => row.estimate)}::text[],
      ${reservations.map((row) => row.costNanoUsd)}::bigint[],
      ${reservations.map((row) => row.overrunNanoUsd)}::bigint[],
      ${reservations.map((row) => row.reservedAt.toISOString())}::timestamptz[],
      ${reservations.map((row) => row.expiresAt.toISOString())}::timestamptz[]
    ) as row (attempt_id, call_id, task_id, provider, model, rate, held_nano_usd, level_ids, state,
      estimate, cost_nano_usd, overrun_nano_usd, reserved_at, expires_at)
    on conflict (attempt_id) do update set state = excluded.state, estimate = excluded.estimate,
      cost_nano_usd = excluded.cost_nano_usd, overrun_nano_usd = excluded.overrun_nano_usd`
}

export const writeBookings = async (
  transaction: Transaction,
  bookings: readonly Booking[],
  at: Date,
): Promise<void> => {
  if (bookings.length === 0) return
  await transaction`
    insert into ledger (booked_at, attempt_id, call_id, task_id, purpose, provider, model, kind,
      amount_nano_usd, overrun_nano_usd, usage, priced_as_answered)
    select ${at}, attempt_id, call_id, task_id, purpose, provider, model, kind, amount_nano_usd,
      overrun_nano_usd, usage::jsonb, priced_as_answered
    from unnest(
      ${bookings.map(({ attempt }) => attempt.attemptId)}::text[],
      ${bookings.map(({ attempt }) => attempt.callId)}::text[],
      ${bookings.map(({ attempt }) => attempt.taskId)}::text[],
      ${bookings.map(({ purpose }) => purpose)}::text[],
      ${bookings.map(({ attempt }) => attempt.provider)}::text[],
      ${bookings.map(({ model }) => model)}::text[],
      ${bookings.map(({ kind }) => kind)}::text[],
      ${bookings.map(({ amountNanoUsd }) => amountNanoUsd)}::bigint[],
      ${bookings.map(({ overrunNanoUsd }) => overrunNanoUsd)}::bigint[],
      ${bookings.map(({ usage }) => (usage === null ? null : JSON.stringify(usage)))}::text[],
      ${bookings.map(({ pricedAsAnswered }) => String(pricedAsAnswered))}::text[]::bool[]
    ) as row (attempt_id, call_id, task_id, purpose, provider, model, kind, amount_nano_usd,
      overrun_nano_usd, usage, priced_as_answered)`
}

export const readRevoked = async (
  sql: Sql | Transaction,
  attemptIds: readonly string[],
): Promise<string[]> => {
  const rows = await sql<{ attemptId: string }[]>`
    select attempt_id as "attemptId" from revocations where attempt_id = any(${attemptIds}::text[])`
  return rows.map((row) => row.attemptId)
}

export const writeRevoked = async (
  transaction: Transaction,
  attemptIds: readonly string[],
  at: Date,
): Promise<void> => {
  if (attemptIds.length === 0) return
  await transaction`
    insert into revocations (attempt_id, revoked_at)
    select attempt_id, ${at} from unnest(${attemptIds}::text[]) as revoked (attempt_id)`
}
