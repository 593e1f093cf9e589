import { createBatcher } from '@maestro/service-kit/batcher'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'

export type CacheOutcome = 'hit' | 'join' | 'miss'

/** Outcomes of one statement. */
const batchMax = 512

/** Counts per user and day, for suggestions. Beside the journal's transactions: a worker that dies may leave its last ones uncounted. */
export type CacheCounter = {
  add: (userId: string, outcome: CacheOutcome, savedNanoUsd?: number) => void
  stop: () => Promise<void>
}

type Counted = { userId: string; outcome: CacheOutcome; savedNanoUsd: number }

export const createCacheCounter = ({ sql, log }: { sql: Sql; log: Logger }): CacheCounter => {
  const outage = createOutageLog({
    log,
    away: 'what the cache did is not counted',
    back: 'what the cache does is counted again',
  })
  const counts = createBatcher<Counted, void>({
    itemsMax: batchMax,
    run: async (items) => {
      await sql`
        insert into cache_days as known (day, user_id, hits, joins, misses, saved_nano_usd)
        select (now() at time zone 'utc')::date, user_id,
          count(*) filter (where outcome = 'hit'), count(*) filter (where outcome = 'join'),
          count(*) filter (where outcome = 'miss'), sum(saved)
        from unnest(
          ${items.map(({ userId }) => userId)}::text[], ${items.map(({ outcome }) => outcome)}::text[],
          ${items.map(({ savedNanoUsd }) => savedNanoUsd)}::bigint[]
        ) as item (user_id, outcome, saved)
        group by user_id order by user_id
        on conflict (day, user_id) do update set
          hits = known.hits + excluded.hits, joins = known.joins + excluded.joins,
          misses = known.misses + excluded.misses,
          saved_nano_usd = known.saved_nano_usd + excluded.saved_nano_usd`
      return items.map(() => undefined)
    },
  })
  return {
    add: (userId, outcome, savedNanoUsd = 0) => {
      counts.add({ userId, outcome, savedNanoUsd }).then(outage.worked, outage.failed)
    },
    stop: counts.idle,
  }
}
