import {
  type CostFigures,
  type CostKey,
  CostLine,
  type CostPage,
  type CostQuery,
} from '@maestro/contracts/budget/cost-endpoints'
import { AppError } from '@maestro/contracts/errors'
import type { Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import { readCursor, writeCursor } from './cost-cursor.ts'
import { costLines, keyColumn } from './cost-lines.ts'
import { type Period, resolvePeriod } from './resolve-period.ts'

type Group = CostFigures & { key1: string; key2: string }
type Answer = { groups: Group[]; total: CostPage['total'] }

/** What was spent, by the ledger. */
export const createListCosts =
  ({ sql, now }: { sql: Sql; now: () => Date }) =>
  async (query: CostQuery): Promise<CostPage> => {
    const period = resolvePeriod(query, now())
    const { groups, total } = await readGroups(sql, query, period).catch((cause: unknown) => {
      throw asZoneProblem(cause, query.timeZone)
    })
    const page = groups.slice(0, query.limit)
    const last = page.at(-1)
    return {
      from: period.from.toISOString(),
      to: period.to.toISOString(),
      items: page.map((group) => toLine(query.by, group)),
      nextCursor:
        groups.length > page.length && last !== undefined ? writeCursor(query, last) : null,
      total,
    }
  }

/** One page of groups and one more, with the total of all of them: the lines are read once. */
const readGroups = async (sql: Sql, query: CostQuery, period: Period): Promise<Answer> => {
  const { by, timeZone, order, cursor, limit } = query
  const [key1, key2] = by
  const column = (key: CostKey | undefined) =>
    key === undefined ? sql`''::text` : keyColumn(sql, key, timeZone)
  // Bytes order keys the same in every database, and one that is read on goes on where it ended.
  const keys = sql`key1 collate "C", key2 collate "C"`
  const inOrder = order === 'cost' ? sql`"costNanoUsd" desc, ${keys}` : keys
  const after = cursor === null ? null : readCursor(query, cursor)
  const isAfter =
    after === null
      ? sql`true`
      : order === 'cost'
        ? sql`(0 - "costNanoUsd", ${keys}) > (0 - ${after.costNanoUsd}::bigint, ${after.key1}::text, ${after.key2}::text)`
        : sql`(${keys}) > (${after.key1}::text, ${after.key2}::text)`
  const [answer] = await sql<Answer[]>`
    with line as (
      select ${column(key1)} as key1, ${column(key2)} as key2, cost, estimated, tokens,
        input_tokens, cached_input_tokens, output_tokens, attempts
      from (${costLines(sql, period)}) as every
      where ${conditions(sql, query)}
    ), summed as (
      select key1, key2, sum(cost) as cost, sum(estimated) as estimated, sum(tokens) as tokens,
        sum(input_tokens) as input_tokens, sum(cached_input_tokens) as cached_input_tokens,
        sum(output_tokens) as output_tokens, sum(attempts) as attempts
      from line group by key1, key2
    ), grouped as materialized (
      select key1::text, key2::text, cost as "costNanoUsd", estimated as "estimatedNanoUsd",
        tokens, coalesce(input_tokens, 0) as "inputTokens",
        coalesce(cached_input_tokens, 0) as "cachedInputTokens",
        coalesce(output_tokens, 0) as "outputTokens", attempts
      from summed
      -- An attempt that was taken back leaves nothing, and a group of such attempts no line.
      where attempts > 0 or cost > 0
    ), page as (
      select * from grouped where ${isAfter} order by ${inOrder} limit ${limit + 1}
    )
    select coalesce((select json_agg(page order by ${inOrder}) from page), '[]') as groups,
      (select to_json(whole) from (
        select count(*) as lines, coalesce(sum("costNanoUsd"), 0) as "costNanoUsd",
          coalesce(sum("estimatedNanoUsd"), 0) as "estimatedNanoUsd",
          coalesce(sum(tokens), 0) as tokens, coalesce(sum("inputTokens"), 0) as "inputTokens",
          coalesce(sum("cachedInputTokens"), 0) as "cachedInputTokens",
          coalesce(sum("outputTokens"), 0) as "outputTokens",
          coalesce(sum(attempts), 0) as attempts
        from grouped) as whole) as total`
  if (answer === undefined) throw new Error('costs have no answer')
  return answer
}

const conditions = (
  sql: Sql,
  { provider, model, agentId, taskId, userId, purpose }: CostQuery,
) => sql`
  (${provider}::text is null or provider = ${provider}::text)
  and (${model}::text is null or model = ${model}::text)
  and (${agentId}::text is null or agent_id = ${agentId}::text)
  and (${taskId}::text is null or task_id = ${taskId}::text)
  and (${userId}::text is null or user_id = ${userId}::text)
  and (${purpose}::text is null or purpose = ${purpose}::text)`

const toLine = (by: readonly CostKey[], { key1, key2, ...figures }: Group): CostLine =>
  CostLine.parse({
    ...figures,
    ...Object.fromEntries(
      by.map((key, place) => {
        const value = place === 0 ? key1 : key2
        return [key, key === 'agentId' && value === '' ? null : value]
      }),
    ),
  })

/** Of the zones that Node knows, an old database may lack the newest. */
const unknownZone = '22023'

const asZoneProblem = (cause: unknown, timeZone: string): unknown =>
  cause instanceof Error && 'code' in cause && cause.code === unknownZone
    ? new AppError(
        'INVALID_INPUT',
        { reason: `the database knows no time zone ${timeZone}: name one as in Europe/Berlin` },
        { cause },
      )
    : asDatabaseOutage(cause)
