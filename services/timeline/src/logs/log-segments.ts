import type { Transaction } from '@maestro/service-kit/database'

/** Partitions of `logs`; the migration makes as many. */
const segmentsMax = 16
/** Over all segments: about two gigabytes with their indexes. */
const linesMax = 2_000_000
const linesPerSegmentMax = linesMax / segmentsMax

type Segment = { turn: number; beganAtMs: number; lines: number }

/** Held until the transaction ends: one copy writes or removes lines at a time. */
export const lockLogs = (transaction: Transaction) =>
  transaction`select pg_advisory_xact_lock(hashtext('logs'))`

/**
 * The segment that takes what comes: a new one when the last is full, or has collected for its part of
 * the time that lines are kept. What stood in its partition is removed for it.
 */
export const segmentFor = async (
  transaction: Transaction,
  { nowMs, keepMs }: { nowMs: number; keepMs: number },
): Promise<{ turn: number; segment: number }> => {
  const [last] = await transaction<Segment[]>`
    select turn, began_at_ms as "beganAtMs", lines from log_segments order by turn desc limit 1`
  const goesOn =
    last !== undefined &&
    last.lines < linesPerSegmentMax &&
    nowMs - last.beganAtMs < keepMs / segmentsMax
  const turn = goesOn ? last.turn : (last?.turn ?? -1) + 1
  if (!goesOn) {
    await dropSegments(transaction, turn - segmentsMax + 1)
    await transaction`
      insert into log_segments (turn, began_at_ms, newest_at_ms, lines) values (${turn}, ${nowMs}, 0, 0)`
  }
  return { turn, segment: turn % segmentsMax }
}

/** Removes the segments before this turn, and counts what went with them. */
export const dropSegments = async (transaction: Transaction, before: number): Promise<void> => {
  const dropped = await transaction<{ turn: number; newestAtMs: number; lines: number }[]>`
    delete from log_segments where turn < ${before}
    returning turn, newest_at_ms as "newestAtMs", lines`
  for (const { turn, newestAtMs, lines } of dropped) {
    await transaction`truncate ${transaction(`logs_${turn % segmentsMax}`)}`
    await transaction`
      insert into prunings as p (kind, before_ms, events) values ('log', ${newestAtMs}, ${lines})
      on conflict (kind) do update
      set before_ms = greatest(p.before_ms, excluded.before_ms), events = p.events + excluded.events`
  }
}
