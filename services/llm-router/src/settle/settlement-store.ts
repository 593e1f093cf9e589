import { numberArray, textArray } from '@maestro/service-kit/array-literal'
import type { Fragment, Sql } from '@maestro/service-kit/database'
import { Settlement } from './settlement.ts'

/** The worker that wrote a settlement sends it at once; only after this time the sweep takes it up. */
const firstSweepAfterMs = 3_000
/** Time for one try of a sweep; then any worker may try again. */
const retryAfterMs = 5_000

/** A part of the statement of the outcome: they are written only when the writer still owns the call. */
export const insertSettlements = (
  sql: Sql,
  items: readonly { settlement: Settlement; fence: number }[],
): Fragment => {
  const column = (valueOf: (settlement: Settlement) => string | null) =>
    textArray(items.map(({ settlement }) => valueOf(settlement)))
  return sql`
    insert into settlements (attempt_id, call_id, kind, model, usage, sent_at, due_at)
    select attempt_id, call_id, kind, model, usage::jsonb, sent_at, now() + ${firstSweepAfterMs} * interval '1 ms'
    from unnest(
      ${column(({ attemptId }) => attemptId)}::text::text[],
      ${column(({ callId }) => callId)}::text::text[],
      ${column(({ kind }) => kind)}::text::text[],
      ${column(({ model }) => model)}::text::text[],
      ${column(({ usage }) => (usage === null ? null : JSON.stringify(usage)))}::text::text[],
      ${column(({ sentAt }) => sentAt)}::text::timestamptz[],
      ${numberArray(items.map(({ fence }) => fence))}::text::int[]
    ) as item (attempt_id, call_id, kind, model, usage, sent_at, fence)
    where exists (select 1 from calls where calls.call_id = item.call_id and calls.fence = item.fence)
    on conflict (attempt_id) do nothing`
}

/**
 * Outside of any call's outcome: a reservation to free, or the true usage of an attempt that was
 * given up for lost. What is known replaces what was estimated, never the other way round.
 */
export const putSettlement = async (sql: Sql, settlement: Settlement): Promise<void> => {
  await sql`
    insert into settlements as known (attempt_id, call_id, kind, model, usage, sent_at, due_at)
    values (${settlement.attemptId}, ${settlement.callId}, ${settlement.kind}, ${settlement.model},
      ${settlement.usage === null ? null : JSON.stringify(settlement.usage)}::text::jsonb,
      ${settlement.sentAt}, now() + ${firstSweepAfterMs} * interval '1 ms')
    on conflict (attempt_id) do update set
      kind = excluded.kind, model = excluded.model, usage = excluded.usage, state = 'pending', due_at = excluded.due_at
    where known.kind = 'settle' and known.usage is null and excluded.kind = 'settle' and excluded.usage is not null`
}

/** Takes up pending settlements that are due; another worker's sweep leaves them alone meanwhile. */
export const takeDueSettlements = async (
  sql: Sql,
  itemsMax: number,
): Promise<readonly Settlement[]> => {
  const rows = await sql<(Omit<Settlement, 'sentAt'> & { sentAt: Date })[]>`
    update settlements set due_at = now() + ${retryAfterMs} * interval '1 ms'
    where attempt_id in (
      select attempt_id from settlements where state = 'pending' and due_at <= now()
      order by due_at limit ${itemsMax} for update skip locked)
    returning attempt_id as "attemptId", call_id as "callId", kind, model, usage, sent_at as "sentAt"`
  return rows.map((row) => Settlement.parse({ ...row, sentAt: row.sentAt.toISOString() }))
}

export type SettledFacts = {
  attemptId: string
  /** `unknown`: budget has no such reservation. */
  state: 'settled' | 'unknown'
  costNanoUsd: number
  overrunNanoUsd: number
  /** What was sent: a truer settlement that came meanwhile stays pending. */
  isEstimate: boolean
}

export const markSettled = async (sql: Sql, items: readonly SettledFacts[]): Promise<void> => {
  await sql`
    update settlements set
      state = item.state, cost_nano_usd = item.cost, overrun_nano_usd = item.overrun, settled_at = now()
    from unnest(
      ${textArray(items.map(({ attemptId }) => attemptId))}::text::text[],
      ${textArray(items.map(({ state }) => state))}::text::text[],
      ${numberArray(items.map(({ costNanoUsd }) => costNanoUsd))}::text::bigint[],
      ${numberArray(items.map(({ overrunNanoUsd }) => overrunNanoUsd))}::text::bigint[],
      ${textArray(items.map(({ isEstimate }) => String(isEstimate)))}::text::bool[]
    ) as item (attempt_id, state, cost, overrun, is_estimate)
    where settlements.attempt_id = item.attempt_id and (settlements.usage is null) = item.is_estimate`
}
