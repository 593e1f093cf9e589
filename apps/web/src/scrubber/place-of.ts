import type { TaskTick } from '../live/task-ticks.ts'
import { formatCount } from '../ui/format-count.ts'
import { formatExact } from '../ui/format-time.ts'
import { seqAtTime } from './seq-at-time.ts'

type Place = { seq: number } | { problem: string }
type Rail = {
  readonly ticks: readonly Pick<TaskTick, 'atMs'>[]
  /** The shown event. */
  readonly seq: number
}

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}

/** Where somebody wants to go: `412`, `14:03`, `14:03:22`, `+12m`, `-30s`, `+5` events. */
export const placeOf = (typed: string, { ticks, seq }: Rail): Place => {
  const last = ticks.length
  const text = typed.trim()
  if (/^\d{1,9}$/.test(text)) return within(Number(text), last)
  const moved = /^([+-])\s*(\d{1,9}(?:\.\d{1,3})?)\s*([smhd]?)$/.exec(text)
  if (moved !== null) {
    const [, sign, amount, unit = ''] = moved
    const by = Number(amount) * (sign === '-' ? -1 : 1)
    const ms = unitMs[unit]
    if (ms === undefined) return within(seq + Math.round(by), last)
    return atTime((ticks[seq - 1]?.atMs ?? 0) + by * ms, ticks)
  }
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text)
  if (clock !== null)
    return atClock(
      clock.slice(1).map((part) => Number(part ?? 0)),
      ticks,
      seq,
    )
  return { problem: 'An event (412), a clock time (14:03) or a stretch of time (+12m).' }
}

const within = (seq: number, last: number): Place =>
  seq >= 1 && seq <= last ? { seq } : { problem: `There are events 1 to ${formatCount(last)}.` }

const atTime = (atMs: number, ticks: Rail['ticks']): Place => {
  const [first, last] = [ticks[0]?.atMs ?? 0, ticks.at(-1)?.atMs ?? 0]
  return atMs >= first && atMs <= last ? { seq: seqAtTime(ticks, atMs) } : outside(ticks)
}

const outside = (ticks: Rail['ticks']): Place => ({
  problem: `Its events are from ${formatExact(ticks[0]?.atMs ?? 0)} to ${formatExact(ticks.at(-1)?.atMs ?? 0)}.`,
})

/** On the day that is shown, else on the one after or before it. */
const atClock = (
  [hours = 0, minutes = 0, seconds = 0]: readonly number[],
  ticks: Rail['ticks'],
  seq: number,
): Place => {
  if (hours > 23 || minutes > 59 || seconds > 59) return { problem: 'There is no such time.' }
  const shown = new Date(ticks[seq - 1]?.atMs ?? 0)
  // Whole seconds are typed: what happened within that second is meant as well.
  const on = (days: number) =>
    new Date(
      shown.getFullYear(),
      shown.getMonth(),
      shown.getDate() + days,
      hours,
      minutes,
      seconds,
      999,
    ).getTime()
  for (const days of [0, 1, -1]) {
    const atMs = Math.min(on(days), Math.max(on(days) - 999, ticks.at(-1)?.atMs ?? 0))
    const place = atTime(atMs, ticks)
    if ('seq' in place) return place
  }
  return outside(ticks)
}
