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

const rankOf = (name: GlyphName) => glyphs.findIndex((glyph) => glyph.name === name)

/** At most one glyph per six pixels: the most important event there. */
export const bucketTicks = (ticks: readonly TaskTick[], axis: Axis): readonly Bucket[] => {
  const buckets = new Map<number, Bucket>()
  ticks.forEach((tick, index) => {
    const glyph = glyphOf(tick)
    if (glyph === null) return
    const seq = index + 1
    const x = axis.xOf(seq)
    const place = Math.floor(x / bucketPx)
    const there = buckets.get(place)
    const wins = there === undefined || rankOf(glyph) < rankOf(there.glyph)
    buckets.set(place, {
      ...(wins ? { x, glyph, seq } : there),
      count: (there?.count ?? 0) + 1,
    })
  })
  return [...buckets.values()]
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
