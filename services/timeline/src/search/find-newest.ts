import type { Fragment, Sql } from '@maestro/service-kit/database'

/**
 * So many of the newest lines are looked through before the index of words is asked: what is said
 * often is found among them at once, and what is not found there is rare enough for the index.
 */
const lookedThroughMax = 20_000

/** The newest lines within bounds that fit a query of words, at most `limit`. */
export type FindNewest<Found> = (
  bounds: Fragment,
  query: Fragment | null,
  limit: number,
) => Promise<readonly Found[]>

/** Of a table with `at_ms` and `words`. */
export const createFindNewest = <Found extends { atMs: number }>(
  sql: Sql,
  {
    table,
    key,
    newestFirst,
  }: {
    table: string
    /** Columns beside `at_ms` that find a line again. */
    key: Fragment
    /** The order of an index on `at_ms` and what tells lines of one moment apart. */
    newestFirst: Fragment
  },
): FindNewest<Found> => {
  const source = sql(table)
  const ordered = (limit: number) => sql`order by ${newestFirst} limit ${limit}`
  const amongNewest = (bounds: Fragment, query: Fragment, limit: number) => sql<Found[]>`
    select ${key}, at_ms as "atMs" from (
      select ${key}, at_ms, words from ${source} where ${bounds} ${ordered(lookedThroughMax)}) newest
    where words @@ (${query}) ${ordered(limit)}`
  const byWords = (bounds: Fragment, query: Fragment, limit: number) => sql<Found[]>`
    with found as materialized (
      select ${key}, at_ms from ${source} where words @@ (${query}) and ${bounds})
    select ${key}, at_ms as "atMs" from found ${ordered(limit)}`

  return async (bounds, query, limit) => {
    if (query === null) {
      return sql<Found[]>`
        select ${key}, at_ms as "atMs" from ${source} where ${bounds} ${ordered(limit)}`
    }
    const found = await amongNewest(bounds, query, limit)
    return found.length === limit ? found : byWords(bounds, query, limit)
  }
}

/** The moments that a wish names, the last one not included. */
export const withinTimes = (
  sql: Sql,
  { from, to }: { from: string | null; to: string | null },
): Fragment => {
  const after = from === null ? sql`true` : sql`at_ms >= ${Date.parse(from)}`
  const before = to === null ? sql`true` : sql`at_ms < ${Date.parse(to)}`
  return sql`${after} and ${before}`
}
