import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import type { KeptMoment, TaskTick } from '../live/task-ticks.ts'
import { formatCount } from '../ui/format-count.ts'
import { formatClock } from '../ui/format-time.ts'
import type { Axis } from './axis.ts'
import { bucketAt } from './buckets.ts'
import { gapWords } from './gap-words.ts'
import { namesAt } from './names-at.ts'

/** More would cover what is looked at; the Events tab has them all. */
const listMax = 5

type Props = {
  hover: { x: number; seq: number }
  axis: Axis
  ticks: readonly TaskTick[]
  bookmarks: readonly Bookmark[]
  kept: readonly KeptMoment[]
  /** Where it may stand, in pixels of the rail. */
  left: number
  describe: (seq: number) => string
}

/** What lies under the pointer: a wait, or the events that share the place. */
export const RailHint = ({ hover, axis, ticks, bookmarks, kept, left, describe }: Props) => {
  const gap = axis.gaps.find(({ x, width }) => hover.x > x && hover.x < x + width)
  const { seqs, more } = bucketAt(ticks, axis, axis.xOf(hover.seq), listMax)
  const listed = [hover.seq, ...seqs.filter((seq) => seq !== hover.seq)].slice(0, listMax)
  const rest = more + seqs.length - listed.filter((seq) => seqs.includes(seq)).length
  return (
    <div
      className="hint pointer-events-none absolute bottom-full z-20 mb-2 max-w-80 -translate-x-1/2 rounded-4 bg-text px-2 py-1 text-12 text-bg"
      style={{ left }}
    >
      {gap ? (
        gapWords(gap.waitedMs, ticks[gap.endSeq - 1]?.kind)
      ) : (
        <ul>
          {listed.map((seq) => (
            <li key={seq} className="tnum truncate">
              {formatCount(seq)} · {formatClock(ticks[seq - 1]?.atMs ?? 0)} ·{' '}
              {namesAt(seq, { bookmarks, kept })}
              {describe(seq)}
            </li>
          ))}
          {rest > 0 && <li>and {formatCount(rest)} more</li>}
        </ul>
      )}
    </div>
  )
}
