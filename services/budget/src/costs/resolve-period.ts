import { AppError } from '@maestro/contracts/errors'
import { momentOf } from '../budgets/window.ts'

export type Period = { readonly from: Date; readonly to: Date }

const dayMs = 86_400_000
const usualDays = 30
/** A year, and as much again as it takes to look back from its end. */
const daysMaxUsual = 400

const isDay = (text: string) => text.length === 'YYYY-MM-DD'.length

const resolve = (text: string, timeZone: string): Date =>
  new Date(isDay(text) ? momentOf(timeZone, Date.parse(text)) : text)

/**
 * The moments that a period begins and ends with. A day begins when its clocks show midnight.
 * @throws {AppError} `INVALID_INPUT` for one that ends before it begins, or is too long.
 */
export const resolvePeriod = (
  { from, to, timeZone }: { from: string | null; to: string | null; timeZone: string },
  now: Date,
  daysMax = daysMaxUsual,
): Period => {
  const end = to === null ? now : resolve(to, timeZone)
  const start =
    from === null ? new Date(end.getTime() - usualDays * dayMs) : resolve(from, timeZone)
  if (start.getTime() < 0)
    throw new AppError('INVALID_INPUT', { reason: 'nothing was booked before 1970: begin later' })
  const said = { from: start.toISOString(), to: end.toISOString() }
  if (start >= end)
    throw new AppError('INVALID_INPUT', {
      reason: 'a period ends after it begins, and its end is not part of it: put from before to',
      ...said,
    })
  if (end.getTime() - start.getTime() > daysMax * dayMs)
    throw new AppError('INVALID_INPUT', {
      reason: `a period has at most ${daysMax} days: ask for a longer one in parts`,
      ...said,
    })
  return { from: start, to: end }
}
