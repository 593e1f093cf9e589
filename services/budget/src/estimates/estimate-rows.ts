import type { PastEstimates, RecordedEstimate } from '@maestro/contracts/budget/estimate-endpoints'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import type { Estimate } from './estimate-task.ts'
import { errorPercent, medianOf } from './error-percent.ts'

/** Tasks whose estimates say how good the next one is. */
const pastMax = 200
/** Tasks of one round; what is left comes next. */
const closedPerRoundMax = 100

/** The estimate of the newest plan stands; that of a task that has ended stays as it is. */
export const writeEstimate = async (
  sql: Sql,
  taskId: TaskId,
  planVersion: number,
  { lines, total }: Estimate,
  at: Date,
): Promise<void> => {
  await sql`
    insert into task_estimates as estimate (task_id, plan_version, estimated_at, lines, total)
    values (${taskId}, ${planVersion}, ${at}, ${JSON.stringify(lines)}::text::jsonb,
      ${JSON.stringify(total)}::text::jsonb)
    on conflict (task_id) do update set plan_version = excluded.plan_version,
      estimated_at = excluded.estimated_at, lines = excluded.lines, total = excluded.total
    where estimate.ended_at is null and estimate.plan_version < excluded.plan_version`
}

export const endEstimates = async (
  sql: Sql,
  ended: readonly { taskId: string; at: string }[],
): Promise<void> => {
  await sql`
    update task_estimates as estimate set ended_at = ended.at
    from unnest(${ended.map(({ taskId }) => taskId)}::text[],
      ${ended.map(({ at }) => at)}::timestamptz[]) as ended (task_id, at)
    where estimate.task_id = ended.task_id and estimate.ended_at is null`
}

/** Says of ended tasks what their steps cost, once nothing that they reserved is open any more. @returns how many. */
export const closeEstimates = async (sql: Sql): Promise<number> => {
  const rows = await sql`
    with ended as (
      select task_id from task_estimates
      where ended_at is not null and actual_nano_usd is null
      order by ended_at limit ${closedPerRoundMax}
    ), booked as (
      select ended.task_id,
        coalesce(sum(settled_nano_usd) filter (where purpose in ('step', 'embed')), 0) as actual,
        coalesce(sum(reserved_nano_usd), 0) as reserved
      from ended left join ledger on ledger.task_id = ended.task_id
      group by ended.task_id
    )
    update task_estimates as estimate set actual_nano_usd = booked.actual
    from booked where booked.task_id = estimate.task_id and booked.reserved = 0
    returning estimate.task_id`
  return rows.length
}

type Row = Pick<RecordedEstimate, 'planVersion' | 'lines' | 'total' | 'actualNanoUsd'> & {
  estimatedAt: Date
  endedAt: Date | null
}

/** @throws {AppError} `NOT_FOUND`. */
export const readEstimate = async (sql: Sql, taskId: TaskId): Promise<RecordedEstimate> => {
  const [row] = await sql<Row[]>`
    select plan_version as "planVersion", estimated_at as "estimatedAt", lines, total,
      ended_at as "endedAt", actual_nano_usd as "actualNanoUsd"
    from task_estimates where task_id = ${taskId}`
  if (row === undefined) throw new AppError('NOT_FOUND', { kind: 'estimate', taskId })
  const { total, actualNanoUsd } = row
  return {
    ...row,
    estimatedAt: row.estimatedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    errorPercent: errorPercent(total.expectedNanoUsd, actualNanoUsd),
    worstErrorPercent: errorPercent(total.worstNanoUsd, actualNanoUsd),
  }
}

export const readPast = async (sql: Sql): Promise<PastEstimates> => {
  const rows = await sql<{ expected: number | null; worst: number | null; actual: number }[]>`
    select (total->'expectedNanoUsd')::bigint as expected,
      (total->'worstNanoUsd')::bigint as worst, actual_nano_usd as actual
    from task_estimates where actual_nano_usd is not null
      and jsonb_typeof(total->'expectedNanoUsd') = 'number'
    order by ended_at desc limit ${pastMax}`
  const errors = rows.flatMap(({ expected, actual }) => {
    const percent = errorPercent(expected, actual)
    return percent === null ? [] : [Math.abs(percent)]
  })
  return {
    tasks: rows.length,
    medianErrorPercent: medianOf(errors),
    withinWorst: rows.filter(({ worst, actual }) => worst === null || actual <= worst).length,
  }
}
