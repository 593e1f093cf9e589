import type { getCacheUse } from '@maestro/contracts/llm/cache-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import type { z } from 'zod'

type CacheUse = z.infer<typeof getCacheUse.output>

/** Of one user, or of all together. */
export const readCacheUse = async (
  sql: Sql,
  { userId, days }: z.infer<typeof getCacheUse.input>,
): Promise<CacheUse> => {
  const items = await sql<CacheUse['items']>`
    select to_char(day, 'YYYY-MM-DD') as day, sum(hits)::int as hits, sum(joins)::int as joins,
      sum(misses)::int as misses, sum(saved_nano_usd)::bigint as "savedNanoUsd"
    from cache_days
    where day > (now() at time zone 'utc')::date - ${days}::int
      and (${userId}::text is null or user_id = ${userId})
    group by cache_days.day order by cache_days.day desc`
  return { items: [...items] }
}
