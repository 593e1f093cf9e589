import type { CallWork } from '@maestro/contracts/llm/call-work'
import { numberArray, textArray } from '@maestro/service-kit/array-literal'
import type { Sql } from '@maestro/service-kit/database'
import { Claim, type FirstMark } from './call-record.ts'
import { leaseMs } from './leases.ts'
import type { WorkerIdentity } from './worker-identity.ts'

type ClaimRow = {
  callId: string
  isMine: boolean
  state: string
  fence: number
  attempt: number
  inFlight: unknown
  attempts: unknown
  runStart: number
  answerRef: unknown
  failure: unknown
  facts: unknown
  startedAt: Date
  isCancelled: boolean
}

const firstMark: FirstMark = { attempt: 1 }

/** A call as it was asked for, and when. */
export type AskedCall = { work: CallWork; askedAt: Date }

/**
 * Claims calls or tells what became of them, in one statement. A call is claimed when it is new, when
 * the lease of its owner ran out, or when it failed for a passing reason and is asked for again: by a
 * higher `ask`, made after it had failed. (An earlier one waited for this very failure.)
 * Each call may stand in a batch once.
 */
export const claimCalls =
  ({ sql, identity }: { sql: Sql; identity: WorkerIdentity }) =>
  async (asked: readonly AskedCall[]): Promise<readonly Claim[]> => {
    // Ordered, so that two workers that claim the same calls cannot wait for each other.
    const sorted = [...asked].sort((a, b) => (a.work.callId < b.work.callId ? -1 : 1))
    const column = (valueOf: (one: AskedCall) => string | null) => textArray(sorted.map(valueOf))
    const claimedAtMs = performance.now()
    const rows = await sql<ClaimRow[]>`
      with asked as (
        select * from unnest(
          ${column(({ work }) => work.callId)}::text::text[],
          ${column(({ work }) => work.taskId)}::text::text[],
          ${column(({ work }) => work.stepId)}::text::text[],
          ${column(({ work }) => work.agentId)}::text::text[],
          ${column(({ work }) => work.purpose)}::text::text[],
          ${numberArray(sorted.map(({ work }) => work.ask))}::text::int[],
          ${column(({ work }) => work.replyTo)}::text::text[],
          ${column(({ askedAt }) => askedAt.toISOString())}::text::timestamptz[]
        ) as work (call_id, task_id, step_id, agent_id, purpose, ask, reply_to, asked_at)
      ),
      claimed as (
        insert into calls as call
          (call_id, task_id, step_id, agent_id, purpose, state, ask, reply_to, copy, incarnation, fence, in_flight, lease_until)
        select call_id, task_id, step_id, agent_id, purpose, 'running', ask, reply_to,
          ${identity.copy}, ${identity.incarnation}, 1,
          ${JSON.stringify(firstMark)}::text::jsonb, now() + ${leaseMs} * interval '1 ms'
        from asked
        on conflict (call_id) do update set
          state = 'running', ask = greatest(call.ask, excluded.ask), reply_to = excluded.reply_to,
          copy = excluded.copy, incarnation = excluded.incarnation,
          fence = call.fence + 1, lease_until = excluded.lease_until,
          run_start = case when call.state = 'failed' then jsonb_array_length(call.attempts) else call.run_start end,
          started_at = case when call.state = 'failed' then now() else call.started_at end,
          failure = null, facts = null, finished_at = null
        where (call.state = 'running' and call.lease_until <= now())
          or (call.state = 'failed' and call.is_askable and excluded.ask > call.ask and call.finished_at <
            (select asked_at from asked where asked.call_id = excluded.call_id))
        returning *
      ),
      found as (
        select true as is_mine, * from claimed
        union all
        select false, calls.* from calls join asked using (call_id)
        where not exists (select 1 from claimed where claimed.call_id = calls.call_id)
      )
      select call_id as "callId", is_mine as "isMine", state, fence, attempt, in_flight as "inFlight",
        attempts, run_start as "runStart", answer_ref as "answerRef", failure, facts,
        started_at as "startedAt",
        exists (select 1 from cancel_marks where cancel_marks.call_id = found.call_id) as "isCancelled"
      from found`
    const byId = new Map(rows.map((row) => [row.callId, row]))
    return asked.map(({ work }) => toClaim(byId.get(work.callId), claimedAtMs))
  }

const toClaim = (row: ClaimRow | undefined, claimedAtMs: number): Claim => {
  // A row that another worker inserted at this very moment is not in our snapshot yet.
  if (row === undefined) return { state: 'elsewhere' }
  if (row.isMine) return Claim.parse({ ...row, claimedAtMs, state: 'claimed' })
  if (row.state === 'running') return { state: 'elsewhere' }
  return Claim.parse(row.state === 'incomplete' ? { ...row, incomplete: row.failure } : row)
}
