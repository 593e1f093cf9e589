import type { TaskTick } from '../live/task-ticks.ts'

export const speeds = [0.5, 1, 2, 4, 8, 16, 32, 64] as const
export type Speed = (typeof speeds)[number] | 'whole'

/** A frame advances at most this far, so that a tab that was hidden does not jump. */
const frameMsMax = 250
/** What is shown stays at least this long. */
const shownMsMin = 150
/** Nobody wants to watch waiting: longer pauses play as this. */
const pauseMsMax = 2_000
const wholeMs = 20_000

/** When each event is played, in milliseconds from the first one, with idle time left out. */
export const playTimes = (ticks: readonly Pick<TaskTick, 'atMs'>[]): readonly number[] => {
  let clock = 0
  return ticks.map(({ atMs }, index) => {
    const before = ticks[index - 1]?.atMs ?? atMs
    clock += Math.min(pauseMsMax, Math.max(0, atMs - before))
    return clock
  })
}

export type Playhead = {
  readonly seq: number
  /** Where the clock of the play stands, in play time. */
  readonly clockMs: number
  readonly shownMs: number
}

export const playheadAt = (times: readonly number[], seq: number): Playhead => ({
  seq,
  clockMs: times[seq - 1] ?? 0,
  shownMs: 0,
})

/** One frame later. */
export const advance = (
  playhead: Playhead,
  times: readonly number[],
  speed: Speed,
  frameMs: number,
): Playhead => {
  const stepMs = Math.min(frameMs, frameMsMax)
  const totalMs = times.at(-1) ?? 0
  const factor = speed === 'whole' ? Math.max(totalMs / wholeMs, 0.5) : speed
  const clockMs = Math.min(totalMs, playhead.clockMs + stepMs * factor)
  const shownMs = playhead.shownMs + stepMs
  let seq = playhead.seq
  while ((times[seq] ?? Infinity) <= clockMs) seq += 1
  if (seq === playhead.seq || shownMs < shownMsMin) return { seq: playhead.seq, clockMs, shownMs }
  return { seq, clockMs, shownMs: 0 }
}
