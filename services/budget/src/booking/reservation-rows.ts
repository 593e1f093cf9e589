import type { Sql, Transaction } from '@maestro/service-kit/database'
import type { Reservation } from './reservation.ts'

type Row = Omit<Reservation, 'held' | 'cost' | 'overrun'> &
  Record<`${'held' | 'cost' | 'overrun'}${'NanoUsd' | 'Tokens'}`, number>

export const readReservations = async (
  sql: Sql | Transaction,
  attemptIds: readonly string[],
): Promise<Reservation[]> => {
  const rows = await sql<Row[]>`
    select attempt_id as "attemptId", call_id as "callId", task_id as "taskId",
      user_id as "userId", agent_id as "agentId", step_id as "stepId", purpose, provider, model,
      rate, held_nano_usd as "heldNanoUsd", held_tokens as "heldTokens", state, estimate, cost_nano_usd as "costNanoUsd", cost_tokens as "costTokens",
      overrun_nano_usd as "overrunNanoUsd", overrun_tokens as "overrunTokens",
      reserved_at as "reservedAt", expires_at as "expiresAt"
    from reservations where attempt_id = any(${attemptIds}::text[])`
  return rows.map(
    ({
      heldNanoUsd,
      heldTokens,
      costNanoUsd,
      costTokens,
      overrunNanoUsd,
      overrunTokens,
      ...row
    }) => ({
      ...row,
      held: { nanoUsd: heldNanoUsd, tokens: heldTokens },
      cost: { nanoUsd: costNanoUsd, tokens: costTokens },
      overrun: { nanoUsd: overrunNanoUsd, tokens: overrunTokens },
    }),
  )
}

export const writeReservations = async (
  transaction: Transaction,
  reservations: readonly Reservation[],
): Promise<void> => {
  if (reservations.length === 0) return
  await transaction`
    insert into reservations (attempt_id, call_id, task_id, user_id, agent_id, step_id, purpose,
      provider, model, rate, held_nano_usd, held_tokens, state, estimate, cost_nano_usd, cost_tokens,
      overrun_nano_usd, overrun_tokens, reserved_at, expires_at)
    select attempt_id, call_id, task_id, user_id, agent_id, step_id, purpose, provider, model,
      rate::jsonb, held_nano_usd, held_tokens, state, estimate, cost_nano_usd, cost_tokens,
      overrun_nano_usd, overrun_tokens, reserved_at, expires_at
    from unnest(
      ${reservations.map((row) => row.attemptId)}::text[],
      ${reservations.map((row) => row.callId)}::text[],
      ${reservations.map((row) => row.taskId)}::text[],
      ${reservations.map((row) => row.userId)}::text[],
      ${reservations.map((row) => row.agentId)}::text[],
      ${reservations.map((row) => row.stepId)}::text[],
      ${reservations.map((row) => row.purpose)}::text[],
      ${reservations.map((row) => row.provider)}::text[],
      ${reservations.map((row) => row.model)}::text[],
      ${reservations.map((row) => JSON.stringify(row.rate))}::text[],
      ${reservations.map((row) => row.held.nanoUsd)}::bigint[],
      ${reservations.map((row) => row.held.tokens)}::bigint[],
      ${reservations.map((row) => row.state)}::text[],
      ${reservations.map((row) => row.estimate)}::text[],
      ${reservations.map((row) => row.cost.nanoUsd)}::bigint[],
      ${reservations.map((row) => row.cost.tokens)}::bigint[],
      ${reservations.map((row) => row.overrun.nanoUsd)}::bigint[],
      ${reservations.map((row) => row.overrun.tokens)}::bigint[],
      ${reservations.map((row) => row.reservedAt.toISOString())}::timestamptz[],
      ${reservations.map((row) => row.expiresAt.toISOString())}::timestamptz[]
    ) as row (attempt_id, call_id, task_id, user_id, agent_id, step_id, purpose, provider, model,
      rate, held_nano_usd, held_tokens, state, estimate, cost_nano_usd, cost_tokens,
      overrun_nano_usd, overrun_tokens, reserved_at, expires_at)
    on conflict (attempt_id) do update set state = excluded.state, estimate = excluded.estimate,
      cost_nano_usd = excluded.cost_nano_usd, cost_tokens = excluded.cost_tokens,
      overrun_nano_usd = excluded.overrun_nano_usd, overrun_tokens = excluded.overrun_tokens`
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
