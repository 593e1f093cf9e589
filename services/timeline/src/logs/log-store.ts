import type { LogBatch } from '@maestro/contracts/log/log-batch'
import { numberArray, textArray } from '@maestro/service-kit/array-literal'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import { type LogRow, logRowsOf } from './log-row.ts'
import { dropSegments, lockLogs, segmentFor } from './log-segments.ts'

const dayMs = 86_400_000

export type PrunedLogs = { beforeMs: number; lines: number }

export type LogStore = {
  /** Writes each batch once, whatever was written before. */
  write: (batches: readonly LogBatch[]) => Promise<void>
  /** Removes what was kept for its time. */
  prune: (nowMs: number) => Promise<void>
  /** What was removed so far. */
  pruned: () => Promise<PrunedLogs | null>
}

export const createLogStore = ({
  sql,
  days,
  now = Date.now,
}: {
  sql: Sql
  /** How long lines are kept. */
  days: number
  now?: () => number
}): LogStore => ({
  write: async (batches) => {
    try {
      await sql.begin(async (transaction) => {
        await lockLogs(transaction)
        const rows = (await newBatches(transaction, batches)).flatMap(logRowsOf)
        if (rows.length === 0) return
        const place = { nowMs: now(), keepMs: days * dayMs }
        const { turn, segment } = await segmentFor(transaction, place)
        await writeRows(transaction, segment, rows)
        const newestAtMs = Math.max(...rows.map(({ atMs }) => atMs))
        await transaction`
          update log_segments set lines = lines + ${rows.length},
            newest_at_ms = greatest(newest_at_ms, ${newestAtMs})
          where turn = ${turn}`
      })
    } catch (error) {
      throw asDatabaseOutage(error)
    }
  },

  prune: (nowMs) =>
    sql.begin(async (transaction) => {
      await lockLogs(transaction)
      // Segments follow each other in time: with one that is old enough go those before it.
      const [old] = await transaction<{ turn: number | null }[]>`
        select max(turn) as turn from log_segments where newest_at_ms < ${nowMs - days * dayMs}`
      if (old !== undefined && old.turn !== null) await dropSegments(transaction, old.turn + 1)
    }),

  pruned: async () => {
    const [row] = await sql<PrunedLogs[]>`
      select before_ms as "beforeMs", events as lines from prunings where kind = 'log'`
    return row ?? null
  },
})

/** A batch that comes again was written whole, or not at all: its first line tells. */
const newBatches = async (transaction: Transaction, batches: readonly LogBatch[]) => {
  const known = await transaction<{ instance: string; seq: number }[]>`
    select w.instance, w.seq from unnest(
      ${textArray(batches.map(({ instance }) => instance))}::text::text[],
      ${numberArray(batches.map(({ first }) => first))}::text::int[]) as w(instance, seq)
    cross join lateral (
      select 1 from logs l where l.instance = w.instance and l.seq = w.seq limit 1) known`
  const seen = new Set(known.map(({ instance, seq }) => `${instance}:${seq}`))
  return batches.filter(({ instance, first }) => {
    const id = `${instance}:${first}`
    const isNew = !seen.has(id)
    seen.add(id)
    return isNew
  })
}

const writeRows = (transaction: Transaction, segment: number, rows: readonly LogRow[]) => {
  const texts = (name: 'instance' | 'taskId' | 'step' | 'agent' | 'text' | 'facets' | 'body') =>
    textArray(rows.map((row) => row[name]))
  const numbers = (name: 'seq' | 'atMs') => numberArray(rows.map((row) => row[name]))
  return transaction`
    insert into logs (segment, instance, seq, at_ms, agent, words, body)
    select ${segment}, w.instance, w.seq, w.at_ms, coalesce(w.agent, a.agent),
      to_tsvector('simple', w.text) || array_to_tsvector(string_to_array(w.facets
        || case when w.agent is null and a.agent is not null
             then E'\n=agent=' || a.agent else '' end, E'\n')),
      w.body
    from unnest(
      ${texts('instance')}::text::text[], ${numbers('seq')}::text::int[],
      ${numbers('atMs')}::text::bigint[], ${texts('taskId')}::text::text[],
      ${texts('step')}::text::text[], ${texts('agent')}::text::text[],
      ${texts('text')}::text::text[], ${texts('facets')}::text::text[],
      ${texts('body')}::text::text[]
    ) as w(instance, seq, at_ms, task_id, step, agent, text, facets, body)
    left join step_agents a on a.task_id = w.task_id and a.step = w.step`
}
