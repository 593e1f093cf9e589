import type {
  CallFigures,
  getDashboardMetrics,
  getHistoryAnalytics,
  TaskCounts,
} from '@maestro/contracts/timeline/analytics-endpoints'
import type { Fragment, Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import type { z } from 'zod'
import { callSums, figuresByWhom, noCalls } from './call-figures.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Agents and models of one answer, the dearest. */
const linesMax = 100

export type HistoryFigures = {
  overDays: (wish: {
    days: number
    timeZone: string
  }) => Promise<z.output<typeof getHistoryAnalytics.output>>
  header: (hours: number) => Promise<z.output<typeof getDashboardMetrics.output>>
}

type DayCalls = CallFigures & { day: string }
type DayTasks = TaskCounts & { day: string }

const noTasks: TaskCounts = {
  created: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  medianDurationMs: null,
}

/** Figures over all tasks, from what stands beside their events: no body is opened. */
export const createHistoryFigures = ({ sql }: { sql: Sql }): HistoryFigures => {
  const taskSums = sql`
    count(*) filter (where happened = 'created')::int as created,
    count(*) filter (where happened = 'succeeded')::int as succeeded,
    count(*) filter (where happened = 'failed')::int as failed,
    count(*) filter (where happened = 'cancelled')::int as cancelled,
    (percentile_cont(0.5) within group (order by duration))::bigint as "medianDurationMs"`
  /** Each task twice: when it was created, and when it ended. */
  const happenings = (fromMs: number): Fragment => sql`(
    select created_at_ms as at_ms, 'created' as happened, null::bigint as duration
    from task_heads where created_at_ms >= ${fromMs} and imported_at_ms is null
    union all
    select ended_at_ms, outcome, greatest(ended_at_ms - created_at_ms, 0)
    from task_heads where ended_at_ms >= ${fromMs} and imported_at_ms is null) as happenings`

  /** What imported tasks did was done elsewhere. */
  const ownCallsSince = (fromMs: number): Fragment => sql`
    at_ms >= ${fromMs} and task_id not in (
      select task_id from task_heads where imported_at_ms is not null)`

  const tasksSince = async (fromMs: number): Promise<TaskCounts> => {
    const [row] = await sql<TaskCounts[]>`select ${taskSums} from ${happenings(fromMs)}`
    return row ?? noTasks
  }
  const callsSince = async (fromMs: number): Promise<CallFigures> => {
    const [row] = await sql<CallFigures[]>`
      select ${callSums(sql)} from calls where ${ownCallsSince(fromMs)}`
    return row ?? noCalls
  }

  const overDays: HistoryFigures['overDays'] = async ({ days, timeZone }) => {
    const nowMs = Date.now()
    const fromMs = startOfDay(nowMs - (days - 1) * dayMs, timeZone)
    const dayOf = sql`to_char(to_timestamp(at_ms / 1000.0) at time zone ${timeZone}, 'YYYY-MM-DD')`
    const bounds = ownCallsSince(fromMs)
    const [tasks, calls, taskDays, callDays, whom] = await Promise.all([
      tasksSince(fromMs),
      callsSince(fromMs),
      sql<DayTasks[]>`select ${dayOf} as day, ${taskSums} from ${happenings(fromMs)} group by 1`,
      sql<DayCalls[]>`
        select ${dayOf} as day, ${callSums(sql)} from calls where ${bounds} group by 1`,
      figuresByWhom(sql, bounds, linesMax),
    ])
    return {
      from: new Date(fromMs).toISOString(),
      to: new Date(nowMs).toISOString(),
      tasks,
      calls,
      days: daysBetween(fromMs, nowMs, timeZone).map((day) => {
        const { day: _of, ...brought } = callDays.find((one) => one.day === day) ?? {
          day,
          ...noCalls,
        }
        return {
          ...(taskDays.find((one) => one.day === day) ?? { day, ...noTasks }),
          calls: brought,
        }
      }),
      ...whom,
    }
  }

  const header: HistoryFigures['header'] = async (hours) => {
    const nowMs = Date.now()
    const fromMs = nowMs - hours * hourMs
    const [tasks, calls, [going]] = await Promise.all([
      tasksSince(fromMs),
      callsSince(fromMs),
      sql<{ active: number }[]>`
        select count(*)::int as active from task_heads
        where ended_at_ms is null and created_at_ms is not null and imported_at_ms is null`,
    ])
    const ended = tasks.succeeded + tasks.failed
    return {
      from: new Date(fromMs).toISOString(),
      to: new Date(nowMs).toISOString(),
      active: going?.active ?? 0,
      tasks,
      successRate: ended === 0 ? null : tasks.succeeded / ended,
      calls,
    }
  }

  return {
    overDays: (wish) => overDays(wish).catch(rethrow),
    header: (hours) => header(hours).catch(rethrow),
  }
}

const rethrow = (error: unknown): never => {
  throw asDatabaseOutage(error)
}

const dayText = (ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(ms)

/** The first moment of the day of a time zone, to the quarter of an hour: no zone is finer. */
const startOfDay = (ms: number, timeZone: string): number => {
  const stepMs = hourMs / 4
  const day = dayText(ms, timeZone)
  let startMs = Math.floor(ms / stepMs) * stepMs
  while (dayText(startMs - 1, timeZone) === day) startMs -= stepMs
  return startMs
}

const daysBetween = (fromMs: number, toMs: number, timeZone: string): readonly string[] => {
  const days = new Set<string>()
  // Twelve hours at a time, so that a day of 23 hours is not passed over.
  for (let ms = fromMs; ms < toMs; ms += dayMs / 2) days.add(dayText(ms, timeZone))
  days.add(dayText(toMs, timeZone))
  return [...days]
}
