import { ErrorPattern, ErrorReport, type listErrors } from '@maestro/contracts/llm/error-endpoints'
import { numberArray, textArray } from '@maestro/service-kit/array-literal'
import type { Fragment, Sql } from '@maestro/service-kit/database'
import type { z } from 'zod'
import type { NewErrorReport } from './new-error-report.ts'
import { suggestFix } from './suggest-fix.ts'
import { trendOf } from './trend-of.ts'

const ageMsMax = 14 * 24 * 3_600_000
/** Groups of so many are counted in a moment, and a storm of failures must not fill the disk. */
const reportsMax = 100_000
/** What a trend compares. */
const trendMs = 3_600_000
const taskIdsMax = 20

/** A part of the statement of the outcome: they are written only when the writer still owns the call. */
export const insertErrorReports = (
  sql: Sql,
  items: readonly { report: NewErrorReport; fence: number }[],
): Fragment => {
  const column = (valueOf: (report: NewErrorReport) => string | null) =>
    textArray(items.map(({ report }) => valueOf(report)))
  return sql`
    insert into error_reports (report_key, pattern, failure_class, provider, call_id, task_id, facts)
    select report_key, pattern, failure_class, provider, call_id, task_id, facts::jsonb
    from unnest(
      ${column(({ reportKey }) => reportKey)}::text::text[],
      ${column(({ pattern }) => pattern)}::text::text[],
      ${column(({ failureClass }) => failureClass)}::text::text[],
      ${column(({ provider }) => provider)}::text::text[],
      ${column(({ callId }) => callId)}::text::text[],
      ${column(({ taskId }) => taskId)}::text::text[],
      ${column((report) => JSON.stringify(report))}::text::text[],
      ${numberArray(items.map(({ fence }) => fence))}::text::int[]
    ) as item (report_key, pattern, failure_class, provider, call_id, task_id, facts, fence)
    where exists (select 1 from calls where calls.call_id = item.call_id and calls.fence = item.fence)
    on conflict (report_key) do nothing`
}

type ReportRow = { id: string; at: Date; facts: object }

const toReport = ({ id, at, facts }: ReportRow): ErrorReport => {
  const report = ErrorReport.omit({ suggestion: true }).parse({
    ...facts,
    reportId: id,
    at: at.toISOString(),
  })
  return { ...report, suggestion: suggestFix(report) }
}

type Page<Item> = { items: Item[]; nextCursor: string | null }

/** One more than asked for was looked for: it says whether there is a next page. */
const pageOf = <Row extends { id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  read: (row: Row) => Item,
): Page<Item> => {
  const shown = rows.slice(0, limit)
  return {
    items: shown.map(read),
    nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** The newest first. */
export const readErrors = async (
  sql: Sql,
  { provider, failureClass, taskId, pattern, cursor, limit }: z.infer<typeof listErrors.input>,
): Promise<Page<ErrorReport>> => {
  const rows = await sql<ReportRow[]>`
    select id::text, at, facts from error_reports
    where (${cursor}::bigint is null or id < ${cursor}::bigint)
      and (${provider}::text is null or provider = ${provider}::text)
      and (${failureClass}::text is null or failure_class = ${failureClass}::text)
      and (${taskId}::text is null or task_id = ${taskId}::text)
      and (${pattern}::text is null or pattern = ${pattern}::text)
    order by error_reports.id desc limit ${limit + 1}`
  return pageOf(rows, limit, toReport)
}

type PatternRow = ReportRow & {
  count: number
  tasks: number
  taskIds: string[]
  firstAt: Date
  lately: number
  before: number
}

/** The one that was seen last first; a pattern is told by its newest report. */
export const readErrorPatterns = async (
  sql: Sql,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<Page<ErrorPattern>> => {
  const rows = await sql<PatternRow[]>`
    with grouped as (
      select max(id) as id, count(*)::int as count, count(distinct task_id)::int as tasks,
        (array_agg(distinct task_id))[1:${taskIdsMax}::int] as task_ids, min(at) as first_at,
        count(*) filter (where at > now() - ${trendMs} * interval '1 ms')::int as lately,
        count(*) filter (where at <= now() - ${trendMs} * interval '1 ms'
          and at > now() - ${2 * trendMs} * interval '1 ms')::int as before
      from error_reports group by pattern
    )
    select newest.id::text, newest.at, newest.facts, count, tasks, task_ids as "taskIds",
      first_at as "firstAt", lately, before
    from grouped join error_reports as newest on newest.id = grouped.id
    where ${cursor}::bigint is null or grouped.id < ${cursor}::bigint
    order by grouped.id desc limit ${limit + 1}`
  return pageOf(rows, limit, (row) => {
    const newest = toReport(row)
    const { count, tasks, taskIds, firstAt, lately, before } = row
    return ErrorPattern.parse({
      ...newest,
      count,
      firstAt: firstAt.toISOString(),
      lastAt: newest.at,
      tasks,
      taskIds,
      trend: trendOf({ lately, before, total: count }),
    })
  })
}

export const sweepErrorReports = async (sql: Sql): Promise<void> => {
  await sql`
    delete from error_reports where at < now() - ${ageMsMax} * interval '1 ms'
      or id <= (select id from error_reports order by id desc offset ${reportsMax} limit 1)`
}
