import type { BudgetPeriod } from '@maestro/contracts/budget/budget'

/** From a moment until another, the end not included; null: for ever. ISO text, as it is part of keys. */
export type Window = { readonly windowStart: string; readonly windowEnd: string | null }

const everStart = new Date(0).toISOString()
const ever: Window = { windowStart: everStart, windowEnd: null }
const hourMs = 3_600_000
const dayMs = 24 * hourMs

const formatters = new Map<string, Intl.DateTimeFormat>()
const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(timeZone, made)
  return made
}

/** What the clocks of a time zone show at a moment, as if it were UTC; whole seconds. */
const localMsAt = (timeZone: string, atMs: number): number => {
  const shown: Record<string, number> = {}
  for (const { type, value } of formatterOf(timeZone).formatToParts(atMs))
    shown[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

const offsetMsAt = (timeZone: string, atMs: number): number =>
  localMsAt(timeZone, atMs) - Math.floor(atMs / 1_000) * 1_000

/**
 * The first moment at which the clocks show this. Where they skip it, going forward, the moment at
 * which they skip; where they show it twice, going back, the first of the two.
 */
export const momentOf = (timeZone: string, localMs: number): number => {
  const before = offsetMsAt(timeZone, localMs - dayMs)
  const after = offsetMsAt(timeZone, localMs + dayMs)
  const shown = [localMs - before, localMs - after].filter(
    (atMs) => localMsAt(timeZone, atMs) === localMs,
  )
  return shown.length > 0 ? Math.min(...shown) : localMs - before
}

const monday = 1
const startOf = (period: Exclude<BudgetPeriod, 'once'>, localMs: number, windows: number) => {
  const local = new Date(localMs)
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()]
  const daysSinceMonday = (local.getUTCDay() - monday + 7) % 7
  switch (period) {
    case 'daily':
      return Date.UTC(year, month, day + windows)
    case 'weekly':
      return Date.UTC(year, month, day - daysSinceMonday + 7 * windows)
    case 'monthly':
      return Date.UTC(year, month + windows, 1)
    case 'yearly':
      return Date.UTC(year + windows, 0, 1)
    default:
      return period satisfies never
  }
}

type Cut = { startMs: number; endMs: number; window: Window }
/** The newest windows asked for: as many as there are rhythms in use, and the time that calls take. */
const cuts = new Map<string, Cut>()
const cutsMax = 1_000

/** The window of a moment, cut where the time zone's own clocks begin it: a day of 23 or 25 hours is a day. */
export const windowAt = (
  { period, timeZone }: { period: BudgetPeriod; timeZone: string },
  at: Date,
): Window => {
  if (period === 'once') return ever
  const key = `${period} ${timeZone}`
  const atMs = at.getTime()
  const known = cuts.get(key)
  if (known !== undefined && known.startMs <= atMs && atMs < known.endMs) return known.window
  const localMs = localMsAt(timeZone, atMs)
  const startMs = momentOf(timeZone, startOf(period, localMs, 0))
  const endMs = momentOf(timeZone, startOf(period, localMs, 1))
  const window = {
    windowStart: new Date(startMs).toISOString(),
    windowEnd: new Date(endMs).toISOString(),
  }
  if (cuts.size >= cutsMax) cuts.clear()
  cuts.set(key, { startMs, endMs, window })
  return window
}
