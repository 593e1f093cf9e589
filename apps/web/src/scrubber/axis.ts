import type { TaskTick } from '../live/task-ticks.ts'

export type AxisMode = 'time' | 'events'

/** A stretch in which nothing happened, drawn short. */
export type Gap = {
  readonly x: number
  readonly width: number
  readonly waitedMs: number
  /** The event that ended it. */
  readonly endSeq: number
}

export type Axis = {
  readonly width: number
  readonly gaps: readonly Gap[]
  /** Pixel of an event. */
  readonly xOf: (seq: number) => number
  /** The event nearest to a pixel. */
  readonly seqAt: (x: number) => number
}

const gapMsMin = 60_000
const gapShareMin = 0.1
const gapPx = 28

/** Maps events to pixels and back: by time with idle stretches folded, or with equal spacing. */
export const buildAxis = (
  ticks: readonly Pick<TaskTick, 'atMs'>[],
  mode: AxisMode,
  width: number,
): Axis => {
  const xs = mode === 'time' ? timeXs(ticks, width) : null
  const positions = xs?.positions ?? evenXs(ticks.length, width)
  return {
    width,
    gaps: xs?.gaps ?? [],
    xOf: (seq) => positions[Math.max(0, Math.min(seq, ticks.length) - 1)] ?? 0,
    seqAt: (x) => nearest(positions, x) + 1,
  }
}

const evenXs = (count: number, width: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => (count === 1 ? 0 : (index / (count - 1)) * width))

const timeXs = (
  ticks: readonly Pick<TaskTick, 'atMs'>[],
  width: number,
): { positions: readonly number[]; gaps: readonly Gap[] } | null => {
  const first = ticks[0]?.atMs ?? 0
  // Clocks of several machines may disagree a little; the order of events is the truth.
  let latest = first
  const steps = ticks.map(({ atMs }) => {
    const step = Math.max(0, atMs - latest)
    latest = Math.max(latest, atMs)
    return step
  })
  const spanMs = latest - first
  if (spanMs === 0) return null
  const waits = steps.filter((ms) => ms > gapMsMin).toSorted((one, other) => other - one)
  // The longest first: beside it others looked short, and with it gone they would take most of the rail.
  let restMs = spanMs
  let foldedMsMin = Infinity
  for (const ms of waits) {
    if (ms <= restMs * gapShareMin) break
    restMs -= ms
    foldedMsMin = ms
  }
  const folded = (ms: number) => ms >= foldedMsMin
  const idle = steps.filter(folded)
  const openMs = spanMs - idle.reduce((sum, ms) => sum + ms, 0)
  // Nothing but waits: there is no time left to show.
  if (openMs === 0) return null
  // However many waits there are, at least half of the rail is for what happened.
  const foldPx = idle.length === 0 ? 0 : Math.min(gapPx, width / 2 / idle.length)
  const openPx = width - foldPx * idle.length
  const gaps: Gap[] = []
  let x = 0
  const positions = steps.map((ms, index) => {
    if (folded(ms)) {
      gaps.push({ x, width: foldPx, waitedMs: ms, endSeq: index + 1 })
      x += foldPx
    } else x += (ms / openMs) * openPx
    return x
  })
  return { positions, gaps }
}

const nearest = (positions: readonly number[], x: number): number => {
  let low = 0
  let high = positions.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((positions[middle] ?? 0) < x) low = middle + 1
    else high = middle
  }
  const right = positions[low] ?? 0
  const left = positions[low - 1] ?? -Infinity
  return Math.max(0, x - left < right - x ? low - 1 : low)
}
