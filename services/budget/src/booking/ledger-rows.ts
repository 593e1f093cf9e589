import type { Transaction } from '@maestro/service-kit/database'
import type { Booking } from './booking.ts'

/** Appends lines to the ledger in the order of their decision: one statement for a whole batch. */
export const writeBookings = async (
  transaction: Transaction,
  bookings: readonly Booking[],
  at: Date,
): Promise<void> => {
  if (bookings.length === 0) return
  // What is free is what is neither reserved nor settled: it moves by both, the other way.
  await transaction`
    insert into ledger (booked_at, reserved_at, attempt_id, call_id, task_id, user_id, agent_id,
      step_id, purpose, provider, model, kind, free_nano_usd, reserved_nano_usd, settled_nano_usd,
      overrun_nano_usd, free_tokens, reserved_tokens, settled_tokens, overrun_tokens, usage,
      priced_as_answered)
    select ${at}, reserved_at, attempt_id, call_id, task_id, user_id, agent_id, step_id, purpose,
      provider, model, kind, 0 - reserved_nano_usd - settled_nano_usd, reserved_nano_usd,
      settled_nano_usd, overrun_nano_usd, 0 - reserved_tokens - settled_tokens, reserved_tokens,
      settled_tokens, overrun_tokens, usage::jsonb, priced_as_answered
    from unnest(
      ${bookings.map(({ reservedAt }) => reservedAt.toISOString())}::timestamptz[],
      ${bookings.map(({ attempt }) => attempt.attemptId)}::text[],
      ${bookings.map(({ attempt }) => attempt.callId)}::text[],
      ${bookings.map(({ attempt }) => attempt.taskId)}::text[],
      ${bookings.map(({ attempt }) => attempt.userId)}::text[],
      ${bookings.map(({ attempt }) => attempt.agentId)}::text[],
      ${bookings.map(({ attempt }) => attempt.stepId)}::text[],
      ${bookings.map(({ attempt }) => attempt.purpose)}::text[],
      ${bookings.map(({ attempt }) => attempt.provider)}::text[],
      ${bookings.map(({ model }) => model)}::text[],
      ${bookings.map(({ kind }) => kind)}::text[],
      ${bookings.map(({ reserved }) => reserved.nanoUsd)}::bigint[],
      ${bookings.map(({ settled }) => settled.nanoUsd)}::bigint[],
      ${bookings.map(({ overrun }) => overrun.nanoUsd)}::bigint[],
      ${bookings.map(({ reserved }) => reserved.tokens)}::bigint[],
      ${bookings.map(({ settled }) => settled.tokens)}::bigint[],
      ${bookings.map(({ overrun }) => overrun.tokens)}::bigint[],
      ${bookings.map(({ usage }) => (usage === null ? null : JSON.stringify(usage)))}::text[],
      ${bookings.map(({ pricedAsAnswered }) => String(pricedAsAnswered))}::text[]::bool[]
    ) as row (reserved_at, attempt_id, call_id, task_id, user_id, agent_id, step_id, purpose,
      provider, model, kind, reserved_nano_usd, settled_nano_usd, overrun_nano_usd,
      reserved_tokens, settled_tokens, overrun_tokens, usage, priced_as_answered)`
}
