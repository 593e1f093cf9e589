import type { CallId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'

/** A cancelled call is remembered for longer than any message that asks for it can live. */
const markAgeMsMax = 2 * 24 * 3_600_000

/** Every worker hears of a cancellation and writes it; the first one wins. */
export const markCancelled = async (sql: Sql, callIds: readonly CallId[]): Promise<void> => {
  await sql`
    insert into cancel_marks (call_id)
    select distinct call_id from unnest(${[...callIds]}::text[]) as mark (call_id) order by call_id
    on conflict (call_id) do nothing`
}

export const sweepCancelMarks = async (sql: Sql): Promise<void> => {
  await sql`delete from cancel_marks where created_at < now() - ${markAgeMsMax} * interval '1 ms'`
}
