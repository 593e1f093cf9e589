import type { Sql } from '@maestro/service-kit/database'

/** Keys, whoever they belong to; beyond them those go that were not asked for the longest. */
const entriesMax = 20_000
/** Of the answers that can be taken. They are the journal's and stay there: this bounds what is looked through for them. */
const answerBytesMax = 512 * 1024 ** 2
/** No call takes an older answer. */
const unusedMsMax = 30 * 24 * 3_600_000
/** For a year's suggestions. */
const countedDaysMax = 400

/** Forgets keys beyond the bounds, the least recently asked for first. */
export const sweepCache = async (
  sql: Sql,
  bounds: { entriesMax: number; answerBytesMax: number } = { entriesMax, answerBytesMax },
): Promise<void> => {
  await sql`
    with ranked as (
      select entry.key, entry.used_at,
        row_number() over newest as place,
        sum(coalesce((calls.answer_ref->>'bytes')::bigint, 0)) over newest as bytes_so_far
      from cached_answers entry
      left join calls on calls.call_id = coalesce(entry.call_id, entry.leader_call_id)
      window newest as (order by entry.used_at desc, entry.key)
    ),
    surplus as (
      select entry.key from cached_answers entry join ranked using (key)
      where place > ${bounds.entriesMax} or bytes_so_far > ${bounds.answerBytesMax}
        or ranked.used_at < now() - ${unusedMsMax} * interval '1 ms'
      for update of entry skip locked
    )
    delete from cached_answers using surplus where cached_answers.key = surplus.key`
  await sql`delete from cache_days where day < (now() at time zone 'utc')::date - ${countedDaysMax}::int`
}
