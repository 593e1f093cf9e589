import type { TimeParts } from '@maestro/contracts/timeline/analytics-endpoints'

/** `flight`: a call without an answer. How much of it was waiting is known once it has one. */
export type SpanKind = 'model' | 'tool' | 'flight' | 'person' | 'backoff' | 'queue'
/** From a moment on until another, the end not included. */
export type Span = { kind: SpanKind; fromMs: number; toMs: number }
export type Stretch = { fromMs: number; toMs: number }

/** Where several things go on at once, the first of these counts: work before waiting, and what one can do something about before what one cannot. */
const order: readonly SpanKind[] = ['model', 'tool', 'flight', 'person', 'backoff', 'queue']

export const noTime: TimeParts = {
  modelMs: 0,
  toolMs: 0,
  personMs: 0,
  backoffMs: 0,
  queueMs: 0,
  otherMs: 0,
}

export const addTime = (one: TimeParts, other: TimeParts): TimeParts => ({
  modelMs: one.modelMs + other.modelMs,
  toolMs: one.toolMs + other.toolMs,
  personMs: one.personMs + other.personMs,
  backoffMs: one.backoffMs + other.backoffMs,
  queueMs: one.queueMs + other.queueMs,
  otherMs: one.otherMs + other.otherMs,
})

/** What counts in a part of a stretch; `other`: nothing is known of it. */
export type Piece = { kind: SpanKind | 'other'; fromMs: number; toMs: number }

/** A stretch cut into pieces by what went on in it: one after the other, without a gap, two neighbours never alike. */
export const piecesOf = ({ fromMs, toMs }: Stretch, spans: readonly Span[]): readonly Piece[] => {
  if (toMs <= fromMs) return []
  const edges = spans
    .flatMap((span) => {
      const from = Math.max(span.fromMs, fromMs)
      const to = Math.min(span.toMs, toMs)
      return from < to
        ? [
            { atMs: from, kind: span.kind, by: 1 },
            { atMs: to, kind: span.kind, by: -1 },
          ]
        : []
    })
    .toSorted((one, other) => one.atMs - other.atMs)
  const open: Record<SpanKind, number> = {
    model: 0,
    tool: 0,
    flight: 0,
    person: 0,
    backoff: 0,
    queue: 0,
  }
  const pieces: Piece[] = []
  let sinceMs = fromMs
  const passTo = (atMs: number) => {
    if (atMs === sinceMs) return
    const kind = order.find((one) => open[one] > 0) ?? 'other'
    const last = pieces.at(-1)
    if (last?.kind === kind) last.toMs = atMs
    else pieces.push({ kind, fromMs: sinceMs, toMs: atMs })
    sinceMs = atMs
  }
  for (const { atMs, kind, by } of edges) {
    passTo(atMs)
    open[kind] += by
  }
  passTo(toMs)
  return pieces
}

/** Divides a stretch by what went on in it: the parts add up to its length. */
export const divideTime = (stretch: Stretch, spans: readonly Span[]): TimeParts => {
  const parts = { ...noTime }
  for (const { kind, fromMs, toMs } of piecesOf(stretch, spans))
    // Until a call is answered, all of its time is waiting.
    parts[`${kind === 'flight' ? 'queue' : kind}Ms`] += toMs - fromMs
  return parts
}
