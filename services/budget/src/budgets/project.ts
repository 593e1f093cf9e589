import type { BudgetLevel, BudgetPeriod } from '@maestro/contracts/budget/budget'
import type { Projection } from '@maestro/contracts/budget/limit-endpoints'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** How far back spending is looked at: long enough to even out a day's work, short against the window. */
export const lookbackMs: Readonly<Record<BudgetPeriod, number>> = {
  daily: 6 * hourMs,
  weekly: dayMs,
  monthly: 7 * dayMs,
  yearly: 30 * dayMs,
  once: 7 * dayMs,
}

/** One call of a minute ago is no rate; what is younger than this counts as this old. */
const elapsedMsMin = hourMs
/** The last moment that a date can name, in the year 275760. */
const momentMsMax = 8_640_000_000_000_000

/** What the spending of late says about the rest of the window. Pure: the same figures, the same answer. */
export const project = (
  level: Pick<BudgetLevel, 'settled' | 'limit' | 'windowEnd'>,
  { recent, firstAt, at }: { recent: number; firstAt: Date | null; at: Date },
): Projection => {
  const atMs = at.getTime()
  const elapsedMs = Math.max(atMs - (firstAt?.getTime() ?? atMs), elapsedMsMin)
  const spent = Math.max(recent, 0)
  const perMs = spent / elapsedMs
  const endMs = level.windowEnd === null ? null : Date.parse(level.windowEnd)
  return {
    recent: spent,
    recentSince: new Date(atMs - elapsedMs).toISOString(),
    perDay: Math.round(perMs * dayMs),
    settledAtEnd:
      endMs === null ? null : level.settled + Math.round(perMs * Math.max(endMs - atMs, 0)),
    reachedAt: reachedAt(level, { perMs, atMs, endMs }),
  }
}

const reachedAt = (
  { settled, limit }: Pick<BudgetLevel, 'settled' | 'limit'>,
  { perMs, atMs, endMs }: { perMs: number; atMs: number; endMs: number | null },
): string | null => {
  if (settled >= limit) return new Date(atMs).toISOString()
  if (perMs === 0) return null
  const moment = atMs + Math.ceil((limit - settled) / perMs)
  return moment >= (endMs ?? momentMsMax) ? null : new Date(moment).toISOString()
}
