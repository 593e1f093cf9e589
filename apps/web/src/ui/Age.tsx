import { useStore } from 'zustand'
import { formatAge, formatExact, formatMoment } from './format-time.ts'
import { shownTimes } from './shown-times.ts'
import { useNow } from './use-now.ts'

/** How long ago, and the exact time on hover; the other way round where the reader wants that. */
export const Age = ({ at }: { at: string }) => {
  const now = useNow(10_000)
  const isExact = useStore(shownTimes).value === 'absolute'
  const ms = Date.parse(at)
  return (
    <time
      dateTime={at}
      title={isExact ? formatAge(ms, now) : formatExact(ms)}
      className="tnum whitespace-nowrap"
    >
      {isExact ? formatMoment(ms, now) : formatAge(ms, now)}
    </time>
  )
}
