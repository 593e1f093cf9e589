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
