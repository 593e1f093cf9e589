import type { CallId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import type { WorkerIdentity } from './worker-identity.ts'

/** Three heartbeats: one may be late, two missed mean that the worker is gone. A call whose worker died waits for as long as this. */
export const leaseMs = 5_000
export const heartbeatMs = 1_500

/** Keeps calls ours, all in one statement. Returns those that are no longer. */
export const renewLeases = async (
  sql: Sql,
  identity: WorkerIdentity,
  callIds: readonly CallId[],
): Promise<readonly CallId[]> => {
  if (callIds.length === 0) return []
  const renewed = await sql<{ callId: CallId }[]>`
    with ours as (
      select call_id from calls
      where call_id = any(${[...callIds]}::text[]) and incarnation = ${identity.incarnation} and state = 'running'
      order by call_id for update
    )
    -- Not now(), which is when it began to wait for the rows.
    update calls set lease_until = clock_timestamp() + ${leaseMs} * interval '1 ms'
    from ours where calls.call_id = ours.call_id
    returning calls.call_id as "callId"`
  const kept = new Set(renewed.map(({ callId }) => callId))
  return callIds.filter((callId) => !kept.has(callId))
}

/** Only one process of a copy's name runs at a time: what an earlier one left running is free at once. */
export const voidEarlierLeases = async (sql: Sql, identity: WorkerIdentity): Promise<number> => {
  const voided = await sql`
    update calls set lease_until = now()
    where state = 'running' and copy = ${identity.copy} and incarnation <> ${identity.incarnation}`
  return voided.count
}
