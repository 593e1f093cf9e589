import type { TaskEventAt } from '../../../live/task-event-at.ts'
import type { LogLine } from './log-line.ts'

/** More lines than anybody reads: looking further back ends here. */
export const linesMax = 5_000

/**
 * The lines that fit a filter, found from the shown event backwards as far as events are here.
 * L1: `lines` are all lines that fit of the events `from` to `to`, in their order, but for those before the newest `linesMax`.
 */
export type LogScan = {
  readonly lines: readonly LogLine[]
  readonly from: number
  readonly to: number
}

export const emptyScan = (seq: number): LogScan => ({ lines: [], from: seq + 1, to: seq })

type Options = {
  event: (seq: number) => TaskEventAt | undefined
  /** Null: what it says is not known before earlier events are here. */
  lineOf: (placed: TaskEventAt) => LogLine | null
  fits: (line: LogLine) => boolean
  /** The shown position. */
  seq: number
}

/** The scan, gone on with in both directions. */
export const goOnScanning = (scan: LogScan, { event, lineOf, fits, seq }: Options): LogScan => {
  // A position before all that was looked through, or one with a gap before it, begins anew.
  const isFar = seq < scan.from || (seq > scan.to && event(scan.to + 1) === undefined)
  const base = isFar ? emptyScan(seq) : scan
  const fresh: LogLine[] = []
  let { from, to } = base
  for (let next = event(to + 1); next !== undefined && to < seq; next = event(to + 1)) {
    to = next.seq
    const line = lineOf(next)
    if (line !== null && fits(line)) fresh.push(line)
  }
  const older: LogLine[] = []
  const room = () => base.lines.length + fresh.length + older.length < linesMax
  for (let next = event(from - 1); next !== undefined && room(); next = event(from - 1)) {
    const line = lineOf(next)
    if (line === null) break
    from = next.seq
    if (fits(line)) older.push(line)
  }
  if (from === scan.from && to === scan.to) return scan
  const lines = [...older.toReversed(), ...base.lines, ...fresh]
  return { lines: lines.slice(-linesMax), from, to }
}
