import type { Span, SpanKind, Stretch } from './divide-time.ts'

/** What happened to one step, as stretches of time. */
export type StepLog = {
  attempts: number
  /** When each attempt began. */
  begunMs: number[]
  /** From the queue to an end, once for each time that it was run. */
  lives: Stretch[]
  spans: Span[]
}

/** Writes the stretches of one step, or of what belongs to no step, from moments told in order. */
export type StepLogger = {
  log: StepLog
  /** It is in the queue, or begins without one. */
  live: (atMs: number) => void
  end: (atMs: number) => void
  /** Something goes on from now; the same again changes nothing. */
  open: (kind: SpanKind, key: string, atMs: number) => void
  /** It is over. Nothing, when it was not open. */
  close: (kind: SpanKind, key: string, atMs: number) => void
  /** Something took so long until now, and went on no earlier than it was opened. */
  took: (kind: SpanKind, fromMs: number, toMs: number) => void
  /** When this was opened; null when it is not open. */
  since: (kind: SpanKind, key: string) => number | null
  /** Closes what is still open, its calls as calls without an answer. */
  finish: (atMs: number) => StepLog
}

const keyOf = (kind: SpanKind, key: string) => `${kind} ${key}`
/** What waits for an answer, see `TimeBook`. */
const callKeys: ReadonlySet<string> = new Set([keyOf('queue', 'call'), keyOf('queue', 'draft')])

export const createStepLogger = (): StepLogger => {
  const log: StepLog = { attempts: 0, begunMs: [], lives: [], spans: [] }
  const opened = new Map<string, { kind: SpanKind; fromMs: number }>()
  let livesSinceMs: number | null = null
  const took = (kind: SpanKind, fromMs: number, toMs: number) => {
    if (toMs > fromMs) log.spans.push({ kind, fromMs, toMs })
  }
  const closeAll = (atMs: number) => {
    for (const [key, { kind, fromMs }] of opened)
      took(callKeys.has(key) ? 'flight' : kind, fromMs, atMs)
    opened.clear()
  }
  const end = (atMs: number) => {
    closeAll(atMs)
    if (livesSinceMs !== null)
      log.lives.push({ fromMs: livesSinceMs, toMs: Math.max(atMs, livesSinceMs) })
    livesSinceMs = null
  }
  return {
    log,
    live: (atMs) => {
      livesSinceMs ??= atMs
    },
    end,
    open: (kind, key, atMs) => {
      if (!opened.has(keyOf(kind, key))) opened.set(keyOf(kind, key), { kind, fromMs: atMs })
    },
    close: (kind, key, atMs) => {
      const one = opened.get(keyOf(kind, key))
      opened.delete(keyOf(kind, key))
      if (one) took(kind, one.fromMs, atMs)
    },
    took,
    since: (kind, key) => opened.get(keyOf(kind, key))?.fromMs ?? null,
    finish: (atMs) => {
      end(atMs)
      return log
    },
  }
}
