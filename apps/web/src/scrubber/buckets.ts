import type { TaskTick } from '../live/task-ticks.ts'
import type { Axis } from './axis.ts'
import { type GlyphName, glyphOf, glyphs } from './tick-look.ts'

/** Ticks nearer to each other than this share one glyph. */
const bucketPx = 6

export type Bucket = {
  readonly x: number
  readonly glyph: GlyphName
  /** The event that the glyph stands for. */
  readonly seq: number
  /** How many events with a glyph lie here. */
  readonly count: number
}

const rankOf = new Map<GlyphName, number>(glyphs.map(({ name }, rank) => [name, rank]))
const halfPxOf = new Map<GlyphName, number>(glyphs.map(({ name, halfPx }) => [name, halfPx]))
const rank = (name: GlyphName): number => rankOf.get(name) ?? glyphs.length
const halfPx = (name: GlyphName): number => halfPxOf.get(name) ?? 0

/** At most one glyph per six pixels, the most important event there, and none that lies over another one. */
export const bucketTicks = (ticks: readonly TaskTick[], axis: Axis): readonly Bucket[] => {
  const buckets = new Map<number, { x: number; glyph: GlyphName; seq: number; count: number }>()
  ticks.forEach((tick, index) => {
    const glyph = glyphOf(tick)
    if (glyph === null) return
    const seq = index + 1
    const x = axis.xOf(seq)
    const place = Math.floor(x / bucketPx)
    const there = buckets.get(place)
    if (there === undefined) {
      buckets.set(place, { x, glyph, seq, count: 1 })
      return
    }
    there.count += 1
    if (rank(glyph) < rank(there.glyph)) Object.assign(there, { x, glyph, seq })
  })
  return withoutOverlaps([...buckets.values()])
}

/** A glyph without room beside a more important one is left out: on a narrow rail they would be one blot. Its events stay where they are. */
const withoutOverlaps = (buckets: readonly Bucket[]): readonly Bucket[] => {
  const kept: Bucket[] = []
  for (const bucket of buckets.toSorted((one, other) => rank(one.glyph) - rank(other.glyph)))
    if (kept.every((other) => hasRoom(bucket, other))) kept.push(bucket)
  return kept.toSorted((one, other) => one.x - other.x)
}

const hasRoom = (one: Bucket, other: Bucket): boolean =>
  Math.abs(one.x - other.x) >= halfPx(one.glyph) + halfPx(other.glyph)

/** The events with a glyph in the bucket of a pixel, the most important first, and how many more there are. */
export const bucketAt = (
  ticks: readonly TaskTick[],
  axis: Axis,
  x: number,
  listMax: number,
): { seqs: readonly number[]; more: number } => {
  const place = Math.floor(Math.max(0, x) / bucketPx)
  const found: { seq: number; rank: number }[] = []
  // Around the nearest event, as far as the bucket goes in both directions.
  const start = axis.seqAt(place * bucketPx)
  const isHere = (seq: number) => Math.floor(axis.xOf(seq) / bucketPx) === place
  const look = (seq: number) => {
    const tick = ticks[seq - 1]
    const glyph = tick === undefined || !isHere(seq) ? null : glyphOf(tick)
    if (glyph !== null) found.push({ seq, rank: rank(glyph) })
  }
  for (let seq = start; seq >= 1 && Math.floor(axis.xOf(seq) / bucketPx) >= place; seq -= 1)
    look(seq)
  for (
    let seq = start + 1;
    seq <= ticks.length && Math.floor(axis.xOf(seq) / bucketPx) <= place;
    seq += 1
  )
    look(seq)
  const sorted = found.toSorted((one, other) => one.rank - other.rank || one.seq - other.seq)
  return {
    seqs: sorted.slice(0, listMax).map(({ seq }) => seq),
    more: Math.max(0, sorted.length - listMax),
  }
}

/** Events per column of pixels, from 0 to 1. */
export const densityOf = (
  ticks: readonly TaskTick[],
  axis: Axis,
  columnPx: number,
): readonly number[] => {
  const columns = Array.from({ length: Math.max(1, Math.ceil(axis.width / columnPx)) }, () => 0)
  ticks.forEach((_, index) => {
    const place = Math.min(columns.length - 1, Math.floor(axis.xOf(index + 1) / columnPx))
    columns[place] = (columns[place] ?? 0) + 1
  })
  const most = Math.max(1, ...columns)
  // A root keeps quiet stretches visible beside a burst.
  return columns.map((count) => Math.sqrt(count / most))
}

/** The next event with a glyph in a direction; the ends where there is none. */
export const significantFrom = (
  ticks: readonly TaskTick[],
  seq: number,
  direction: 1 | -1,
): number => {
  for (let next = seq + direction; next >= 1 && next <= ticks.length; next += direction) {
    const tick = ticks[next - 1]
    if (tick && glyphOf(tick) !== null) return next
  }
  return direction === 1 ? Math.max(1, ticks.length) : 1
}
