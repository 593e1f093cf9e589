import { formatAge, formatExact } from './format-time.ts'
import { useNow } from './use-now.ts'

/** How long ago; the exact time on hover. */
export const Age = ({ at }: { at: string }) => {
  const now = useNow(10_000)
  const ms = Date.parse(at)
  return (
    <time dateTime={at} title={formatExact(ms)} className="tnum whitespace-nowrap">
      {formatAge(ms, now)}
    </time>
  )
}
