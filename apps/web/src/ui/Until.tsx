import { useStore } from 'zustand'
import { formatExact, formatMoment, formatUntil } from './format-time.ts'
import { shownTimes } from './shown-times.ts'
import { useNow } from './use-now.ts'

/** How long until then, and the exact time on hover; the other way round where the reader wants that. */
export const Until = ({ at }: { at: string }) => {
  const now = useNow(10_000)
  const isExact = useStore(shownTimes).value === 'absolute'
  const ms = Date.parse(at)
  return (
    <time
      dateTime={at}
      title={isExact ? formatUntil(ms, now) : formatExact(ms)}
      className="tnum whitespace-nowrap"
    >
      {isExact ? `at ${formatMoment(ms, now)}` : formatUntil(ms, now)}
    </time>
  )
}
