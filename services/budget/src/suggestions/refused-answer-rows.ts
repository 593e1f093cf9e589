import type { CallId } from '@maestro/contracts/ids'
import { refusedCallsMax } from '@maestro/contracts/llm/call-use-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import type { Period } from '../costs/resolve-period.ts'

/** Longer than any period that suggestions look at. */
const keptDays = 40

export const writeRefusedAnswers = async (
  sql: Sql,
  refused: readonly { callId: CallId; at: string }[],
): Promise<void> => {
  await sql`
    insert into refused_answers (call_id, refused_at)
    select * from unnest(${refused.map(({ callId }) => callId)}::text[],
      ${refused.map(({ at }) => at)}::timestamptz[])
    on conflict (call_id) do nothing`
  await sql`
    delete from refused_answers where refused_at < now() - ${keptDays} * interval '1 day'`
}

/** The newest of a period. */
export const readRefusedAnswers = async (sql: Sql, { from, to }: Period): Promise<CallId[]> => {
  const rows = await sql<{ callId: CallId }[]>`
    select call_id as "callId" from refused_answers
    where refused_at >= ${from} and refused_at < ${to}
    order by refused_at desc limit ${refusedCallsMax}`
  return rows.map(({ callId }) => callId)
}
