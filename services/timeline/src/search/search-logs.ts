import { SentLogLine } from '@maestro/contracts/log/log-batch'
import { LogLevel } from '@maestro/contracts/log/log-level'
import {
  type LogFacet,
  logFacets,
  type LogLine,
  type searchLogs,
} from '@maestro/contracts/timeline/log-endpoints'
import type { FilterNames, FilterTerm } from '@maestro/contracts/timeline/search-filter'
import type { Fragment, Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import type { z } from 'zod'
import { facetOf } from '../history/facet.ts'
import { logLineOf } from '../logs/log-row.ts'
import type { LogStore } from '../logs/log-store.ts'
import { filterQuery, readFilter } from './filter-query.ts'
import { createFindNewest, withinTimes } from './find-newest.ts'
import { readCursor, writeCursor } from './history-cursor.ts'

export type LogWish = z.output<typeof searchLogs.input>
export type SearchLogs = (wish: LogWish) => Promise<z.output<typeof searchLogs.output>>

type Found = { instance: string; seq: number; segment: number; atMs: number }

const filterNames: FilterNames = {
  ...Object.fromEntries(logFacets.map((name) => [name, null])),
  level: LogLevel.options,
}
const wishedFacets = ['level', 'service', 'task', 'agent', 'step'] as const satisfies LogFacet[]

export const createSearchLogs = ({
  sql,
  store,
}: {
  sql: Sql
  store: Pick<LogStore, 'pruned'>
}): SearchLogs => {
  const find = createFindNewest<Found>(sql, {
    table: 'logs',
    key: sql`instance, seq, segment`,
    newestFirst: sql`at_ms desc, instance desc, seq desc`,
  })

  const read = (found: readonly Found[]) => sql<(Found & { agent: string | null; body: string })[]>`
    select l.instance, l.seq, l.segment, l.at_ms as "atMs", l.agent, l.body
    from unnest(
      ${found.map(({ instance }) => instance)}::text[], ${found.map(({ seq }) => seq)}::int[],
      ${found.map(({ segment }) => segment)}::int[]) as w(instance, seq, segment)
    join logs l on l.instance = w.instance and l.seq = w.seq and l.segment = w.segment
    order by l.at_ms desc, l.instance desc, l.seq desc`

  return async (wish) => {
    const query = filterQuery(sql, termsOf(wish), facetOfName)
    const bounds = boundsOf(sql, wish)
    try {
      // One more than asked for tells whether there is another page.
      const found = await find(bounds, query, wish.limit + 1)
      const page = found.slice(0, wish.limit)
      const last = page.at(-1)
      const [rows, pruned] = await Promise.all([read(page), store.pruned()])
      return {
        items: rows.map((row): LogLine => logLineOf(SentLogLine.parse(JSON.parse(row.body)), row)),
        nextCursor:
          last && found.length > page.length
            ? writeCursor([last.atMs, last.instance, last.seq])
            : null,
        pruned: pruned && {
          before: new Date(pruned.beforeMs).toISOString(),
          lines: pruned.lines,
        },
      }
    } catch (error) {
      throw asDatabaseOutage(error)
    }
  }
}

const isFacet = (name: string): name is LogFacet => logFacets.some((one) => one === name)
const facetOfName = (name: string, value: string): string =>
  isFacet(name) ? facetOf(name, value) : value

/** What was typed, and what was chosen beside it. @throws {AppError} `INVALID_INPUT`. */
const termsOf = (wish: LogWish): readonly FilterTerm[] => [
  ...readFilter(wish.q, filterNames),
  ...wishedFacets.flatMap((name): FilterTerm[] => {
    const value = wish[name]
    return value === null ? [] : [{ kind: 'is', name, value, isNot: false }]
  }),
]

const boundsOf = (sql: Sql, wish: LogWish): Fragment => {
  const times = withinTimes(sql, wish)
  if (wish.cursor === null) return times
  const [atMs, instance, seq] = readCursor(wish.cursor)
  return sql`${times} and (at_ms, instance, seq) < (${atMs}, ${instance}, ${seq})`
}
