import type { Step } from '@maestro/task-model/task'
import { useEffect, useRef } from 'react'
import { classes } from '../../../ui/classes.ts'
import { formatClockMs } from '../../../ui/format-time.ts'
import { useFixedRows } from '../../../ui/use-fixed-rows.ts'
import { useMedia } from '../../../ui/use-media.ts'
import { useShown, useTaskSession } from '../task-context.ts'
import type { Seek } from '../use-position.ts'
import { useSteadyView } from '../use-steady-view.ts'

/** A finger needs more. */
const rowPxOf = { mouse: 26, finger: 44 }
const columns = 'grid grid-cols-[56px_104px_150px_minmax(0,1fr)_140px] items-center gap-x-3'

/** The design's cap for lists. */
const tellEveryMs = 100

/** Every event there is: what the scrubber shows, as a table. A row leads to its moment. */
export const EventList = ({ onSeek }: { onSeek: Seek }) => {
  const session = useTaskSession()
  const frame = useRef<HTMLDivElement>(null)
  const { seq, ticks } = useSteadyView(tellEveryMs)
  const count = ticks.length
  const steps = useShown<Readonly<Record<string, Step>> | null>((task) => task.steps, null)
  const rowPx = rowPxOf[useMedia('(pointer: coarse)') ? 'finger' : 'mouse']
  const { rows, totalPx, scrollToIndex } = useFixedRows({ frame, count, rowPx })

  const place = Math.min(seq, count)
  useEffect(() => {
    if (place > 0) scrollToIndex(place - 1, { align: 'auto' })
  }, [place, scrollToIndex])
  const [first, last] = [rows[0]?.index, rows.at(-1)?.index]
  useEffect(() => {
    // Who did it is told by the event alone.
    if (first !== undefined && last !== undefined) session.look(first + 1, last + 1)
  }, [session, first, last])

  return (
    <div ref={frame} className="h-full overflow-auto">
      <div role="table" aria-label="Events" aria-rowcount={count + 1} className="min-w-[640px]">
        <div role="rowgroup" className="sticky top-0 z-10 bg-bg">
          <div
            role="row"
            aria-rowindex={1}
            className={classes(
              columns,
              'border-b border-line px-4 py-1 text-12 font-medium text-text-3',
            )}
          >
            <span role="columnheader" className="text-right">
              Event
            </span>
            <span role="columnheader">Time</span>
            <span role="columnheader">Kind</span>
            <span role="columnheader">Step</span>
            <span role="columnheader">By</span>
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: totalPx }}>
          {rows.map(({ index, start }) => {
            const tick = ticks[index]
            if (tick === undefined) return null
            const at = index + 1
            return (
              <div
                key={at}
                role="row"
                aria-rowindex={index + 2}
                aria-current={at === seq || undefined}
                className={classes(
                  columns,
                  'absolute inset-x-0 px-4 text-12',
                  at === seq ? 'bg-accent-soft' : 'hover:bg-surface',
                  at > seq && 'text-text-3',
                )}
                style={{ top: start, height: rowPx }}
              >
                <span role="cell" className="tnum text-right">
                  <button
                    type="button"
                    onClick={() => onSeek(at, { push: true })}
                    className="h-6 w-full rounded-4 text-right pointer-coarse:h-11 after:absolute after:inset-0 hover:underline"
                  >
                    {at}
                  </button>
                </span>
                <span role="cell" className="tnum font-mono">
                  {formatClockMs(tick.atMs)}
                </span>
                <span role="cell" className="truncate font-medium">
                  {tick.kind}
                </span>
                <span role="cell" className="truncate" title={tick.stepId ?? undefined}>
                  {(tick.stepId !== null && steps?.[tick.stepId]?.title) || tick.stepId}
                </span>
                <span role="cell" className="truncate">
                  {session.event(at)?.event?.actor.id ?? ''}
                </span>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
