import { Actor } from '@maestro/contracts/actor'
import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { TaskId } from '@maestro/contracts/ids'
import {
  HistoryKind,
  type HistoryLine,
  historyFacets,
  type searchHistory,
} from '@maestro/contracts/timeline/history-endpoints'
import type { FilterNames, FilterTerm } from '@maestro/contracts/timeline/search-filter'
import type { Fragment, Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import type { z } from 'zod'
import { facetOf } from '../history/facet.ts'
import { textOfEvent } from '../history/text-of-event.ts'
import type { PruningStore } from '../retention/pruning-store.ts'
import { filterQuery, readFilter } from './filter-query.ts'
import { createFindNewest, withinTimes } from './find-newest.ts'
import { readCursor, writeCursor } from './history-cursor.ts'

export type HistoryWish = z.output<typeof searchHistory.input>
export type SearchHistory = (wish: HistoryWish) => Promise<z.output<typeof searchHistory.output>>

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
  const find = createFindNewest<Found>(sql, {
    table: 'events',
    key: sql`subject, seq, era`,
    newestFirst: sql`at_ms desc, subject desc, seq desc`,
  })

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

const filterNames: FilterNames = {
  ...Object.fromEntries(historyFacets.map((name) => [name, null])),
  kind: HistoryKind.options,
}

const isFacet = (name: string): name is (typeof historyFacets)[number] =>
  historyFacets.some((one) => one === name)
const facetOfName = (name: string, value: string): string =>
  isFacet(name) ? facetOf(name, value) : value

/** What was typed, and what was chosen beside it. @throws {AppError} `INVALID_INPUT`. */
const termsOf = (wish: HistoryWish): readonly FilterTerm[] => [
  ...readFilter(wish.q, filterNames),
  ...historyFacets.flatMap((name): FilterTerm[] => {
    const value = wish[name]
    return value === null ? [] : [{ kind: 'is', name, value, isNot: false }]
  }),
]

const boundsOf = (sql: Sql, wish: HistoryWish): Fragment => {
  const times = withinTimes(sql, wish)
  if (wish.cursor === null) return times
  const [atMs, subject, seq] = readCursor(wish.cursor)
  return sql`${times} and (at_ms, subject, seq) < (${atMs}, ${subject}, ${seq})`
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
