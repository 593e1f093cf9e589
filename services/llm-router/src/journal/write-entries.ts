import type { Incomplete } from '@maestro/contracts/llm/incomplete'
import { numberArray, textArray } from '@maestro/service-kit/array-literal'
import type { Sql } from '@maestro/service-kit/database'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import { insertErrorReports } from '../errors/error-store.ts'
import { insertSettlements } from '../settle/settlement-store.ts'
import { failureRules } from '../strategy/failure-rules.ts'
import type { CallFailure, JournalEntry } from './call-record.ts'

/** `lost`: the call has another owner by now, or is finished; nothing was written. */
export type WriteResult = 'written' | 'cancelled' | 'lost'

/** A call that was opened again and again has said enough; its facts hold 64 attempts, and one ask adds at most twelve. */
const attemptsBeforeAskMax = 48

const isAskable = (entry: JournalEntry): boolean =>
  entry.state === 'failed' &&
  entry.attempts.length <= attemptsBeforeAskMax &&
  failureRules[entry.failure.class].isAskable

const hasAnswer = (entry: JournalEntry) =>
  entry.state === 'answered' || entry.state === 'incomplete'

const failureOf = (entry: JournalEntry): CallFailure | Incomplete | null => {
  if (entry.state === 'incomplete') return entry.incomplete
  return entry.state === 'failed' ? entry.failure : null
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value))

/**
 * Writes entries of calls that this worker owns, with their answers and settlements, in one
 * statement: a transaction of several would cost two more ways to the server and back. An entry whose fence is old, or whose call is finished, writes nothing: so there is
 * never a second answer. Repeating a write whose commit was not heard of is harmless.
 */
export const writeEntries =
  ({ sql, payloads }: { sql: Sql; payloads: PayloadStore }) =>
  async (entries: readonly JournalEntry[]): Promise<readonly WriteResult[]> => {
    const answers = entries.flatMap((entry) => {
      if (!hasAnswer(entry)) return []
      const { ref, content } = entry.answer
      return content === null ? [] : [{ ref, content }]
    })
    const settlements = entries.flatMap(({ settlement, fence }) =>
      settlement === null ? [] : [{ settlement, fence }],
    )
    const reports = entries.flatMap(({ reports: made, fence }) =>
      made.map((report) => ({ report, fence })),
    )
    const column = (valueOf: (entry: JournalEntry) => string | null) =>
      textArray(entries.map(valueOf))
    const rows = await sql<{ callId: string; isCancelled: boolean }[]>`
      with entry as (
        select * from unnest(
          ${column(({ callId }) => callId)}::text::text[],
          ${numberArray(entries.map(({ fence }) => fence))}::text::int[],
          ${column(({ state }) => state)}::text::text[],
          ${numberArray(entries.map(({ attempt }) => attempt))}::text::int[],
          ${column(({ inFlight }) => json(inFlight))}::text::text[],
          ${column(({ attempts }) => json(attempts))}::text::text[],
          ${column((entry) => (hasAnswer(entry) ? json(entry.answer.ref) : null))}::text::text[],
          ${column((entry) => json(failureOf(entry)))}::text::text[],
          ${column((entry) => (entry.state === 'running' ? null : json(entry.facts)))}::text::text[],
          ${column((entry) => String(isAskable(entry)))}::text::bool[],
          ${column((entry) => String(entry.state === 'running' && entry.givesUpLease === true))}::text::bool[]
        ) as entry (call_id, fence, state, attempt, in_flight, attempts, answer_ref, failure, facts, is_askable, gives_up)
      ),
      locked as (
        select calls.call_id from calls join entry using (call_id)
        where calls.fence = entry.fence and calls.state = 'running'
        order by calls.call_id for update of calls
      ),
      written as (
        update calls set
          state = entry.state, attempt = entry.attempt, in_flight = entry.in_flight::jsonb,
          attempts = entry.attempts::jsonb, answer_ref = entry.answer_ref::jsonb,
          failure = entry.failure::jsonb, facts = entry.facts::jsonb, is_askable = entry.is_askable,
          lease_until = case when entry.gives_up then now() else calls.lease_until end,
          finished_at = case when entry.state = 'running' then null else now() end
        from entry
        where calls.call_id = entry.call_id and calls.fence = entry.fence and calls.state = 'running'
          and exists (select 1 from locked where locked.call_id = calls.call_id)
        returning calls.call_id
      )
      ${answers.length > 0 ? sql`, answered as (${payloads.putting(answers)})` : sql``}
      ${settlements.length > 0 ? sql`, settled as (${insertSettlements(sql, settlements)})` : sql``}
      ${reports.length > 0 ? sql`, reported as (${insertErrorReports(sql, reports)})` : sql``}
      select call_id as "callId",
        exists (select 1 from cancel_marks where cancel_marks.call_id = written.call_id) as "isCancelled"
      from written`
    payloads.remember(answers)
    const byId = new Map(rows.map((row) => [row.callId, row]))
    return entries.map(({ callId }) => {
      const row = byId.get(callId)
      if (row === undefined) return 'lost'
      return row.isCancelled ? 'cancelled' : 'written'
    })
  }
