import { useStore } from 'zustand'
import { formatAge, formatExact, formatMoment, formatUntil } from './format-time.ts'
import { shownTimes } from './shown-times.ts'
import { useNow } from './use-now.ts'

type Props = {
  at: string
  /** It is still to come. */
  isAhead?: boolean
}

/** How long ago, or until then, and the exact time on hover; the other way round where the reader wants that. */
export const RelativeTime = ({ at, isAhead = false }: Props) => {
  const now = useNow(10_000)
  const isExact = useStore(shownTimes).value === 'absolute'
  const ms = Date.parse(at)
  const relative = isAhead ? formatUntil(ms, now) : formatAge(ms, now)
  const clock = formatMoment(ms, now)
  return (
    <time
      dateTime={at}
      title={isExact ? relative : formatExact(ms)}
      className="tnum whitespace-nowrap"
    >
      {isExact ? (isAhead ? `at ${clock}` : clock) : relative}
    </time>
  )
}
