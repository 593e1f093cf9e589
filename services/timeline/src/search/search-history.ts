import { Actor } from '@maestro/contracts/actor'
import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { TaskId } from '@maestro/contracts/ids'
import {
  type HistoryLine,
  historyFacets,
  type searchHistory,
} from '@maestro/contracts/timeline/history-endpoints'
import type { FilterTerm } from '@maestro/contracts/timeline/search-filter'
import type { Fragment, Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import type { z } from 'zod'
import { facetOf } from '../history/facet.ts'
import { textOfEvent } from '../history/text-of-event.ts'
import type { PruningStore } from '../retention/pruning-store.ts'
import { filterQuery, readFilter } from './filter-query.ts'
import { readCursor, writeCursor } from './history-cursor.ts'

export type HistoryWish = z.output<typeof searchHistory.input>
export type SearchHistory = (wish: HistoryWish) => Promise<z.output<typeof searchHistory.output>>

/**
 * So many of the newest events are looked through before the index of words is asked: what is said
 * often is found among them at once, and what is not found there is rare enough for the index.
 */
const lookedThroughMax = 20_000
const textCharactersMax = 300

type Found = { subject: string; seq: number; era: number; atMs: number }
type FoundBody = Found & {
  kind: HistoryLine['kind']
  type: string
  stepId: string | null
  agent: string | null
  body: string
}

export const createSearchHistory = ({
  sql,
  pruning,
}: {
  sql: Sql
  pruning: Pick<PruningStore, 'list'>
}): SearchHistory => {
  /** Newest first within these bounds, those that fit. */
  const amongNewest = (bounds: Fragment, query: Fragment, limit: number) => sql<Found[]>`
    select subject, seq, era, at_ms as "atMs" from (
      select subject, seq, era, at_ms, words from events where ${bounds}
      order by at_ms desc, subject desc, seq desc limit ${lookedThroughMax}) newest
    where words @@ (${query})
    order by at_ms desc, subject desc, seq desc limit ${limit}`
  const byWords = (bounds: Fragment, query: Fragment, limit: number) => sql<Found[]>`
    with found as materialized (
      select subject, seq, era, at_ms from events where words @@ (${query}) and ${bounds})
    select subject, seq, era, at_ms as "atMs" from found
    order by at_ms desc, subject desc, seq desc limit ${limit}`
  const newest = (bounds: Fragment, limit: number) => sql<Found[]>`
    select subject, seq, era, at_ms as "atMs" from events where ${bounds}
    order by at_ms desc, subject desc, seq desc limit ${limit}`

  const find = async (bounds: Fragment, query: Fragment | null, limit: number) => {
    if (query === null) return newest(bounds, limit)
    const found = await amongNewest(bounds, query, limit)
    return found.length === limit ? found : byWords(bounds, query, limit)
  }

  const read = async (found: readonly Found[]): Promise<readonly FoundBody[]> =>
    sql<FoundBody[]>`
      select e.subject, e.seq, e.era, e.at_ms as "atMs", e.kind, e.type, e.step_id as "stepId",
        e.agent, e.body
      from unnest(
        ${found.map(({ subject }) => subject)}::text[], ${found.map(({ seq }) => seq)}::int[],
        ${found.map(({ era }) => era)}::bigint[]) as w(subject, seq, era)
      join events e on e.subject = w.subject and e.seq = w.seq and e.era = w.era
      order by e.at_ms desc, e.subject desc, e.seq desc`

  return async (wish) => {
    const query = filterQuery(sql, termsOf(wish), facetOfName)
    const bounds = boundsOf(sql, wish)
    try {
      // One more than asked for tells whether there is another page.
      const found = await find(bounds, query, wish.limit + 1)
      const page = found.slice(0, wish.limit)
      const last = page.at(-1)
      const [rows, pruned] = await Promise.all([read(page), pruning.list()])
      return {
        items: rows.map(lineOf),
        nextCursor:
          last && found.length > page.length
            ? writeCursor([last.atMs, last.subject, last.seq])
            : null,
        pruned: pruned.map(({ kind, beforeMs, events }) => ({
          kind,
          before: new Date(beforeMs).toISOString(),
          events,
        })),
      }
    } catch (error) {
      throw asDatabaseOutage(error)
    }
  }
}

const isFacet = (name: string): name is (typeof historyFacets)[number] =>
  historyFacets.some((one) => one === name)
const facetOfName = (name: string, value: string): string =>
  isFacet(name) ? facetOf(name, value) : value

/** What was typed, and what was chosen beside it. @throws {AppError} `INVALID_INPUT`. */
const termsOf = (wish: HistoryWish): readonly FilterTerm[] => [
  ...readFilter(wish.q, historyFacets),
  ...historyFacets.flatMap((name): FilterTerm[] => {
    const value = wish[name]
    return value === null ? [] : [{ kind: 'is', name, value, isNot: false }]
  }),
]

const boundsOf = (sql: Sql, { from, to, cursor }: HistoryWish): Fragment => {
  const after = from === null ? sql`true` : sql`at_ms >= ${Date.parse(from)}`
  const before = to === null ? sql`true` : sql`at_ms < ${Date.parse(to)}`
  if (cursor === null) return sql`${after} and ${before}`
  const [atMs, subject, seq] = readCursor(cursor)
  return sql`${after} and ${before} and (at_ms, subject, seq) < (${atMs}, ${subject}, ${seq})`
}

const lineOf = ({
  kind,
  subject,
  seq,
  atMs,
  type,
  stepId,
  agent,
  body,
}: FoundBody): HistoryLine => {
  const { data } = CloudEvent.parse(JSON.parse(body))
  return {
    kind,
    subject,
    seq,
    taskId: TaskId.safeParse(subject).data ?? null,
    type,
    at: new Date(atMs).toISOString(),
    actor: Actor.safeParse(data['actor']).data?.id ?? null,
    stepId,
    agent,
    text: textOfEvent(data).slice(0, textCharactersMax),
  }
}
