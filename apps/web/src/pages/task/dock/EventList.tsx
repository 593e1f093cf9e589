import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { classes } from '../../../ui/classes.ts'
import { formatClockMs } from '../../../ui/format-time.ts'
import { useTaskSession, useView } from '../task-context.ts'
import type { Seek } from '../use-position.ts'

const rowPx = 26
const columns = 'grid grid-cols-[56px_104px_150px_minmax(0,1fr)_140px] items-center gap-x-3'

/** Every event there is: what the scrubber shows, as a table. A row leads to its moment. */
export const EventList = ({ onSeek }: { onSeek: Seek }) => {
  const session = useTaskSession()
  const frame = useRef<HTMLDivElement>(null)
  const loaded = useView((view) => view.loaded)
  const seq = useView((view) => view.seq)
  const events = session.events()
  const virtual = useVirtualizer({
    count: loaded,
    getScrollElement: () => frame.current,
    estimateSize: () => rowPx,
    overscan: 20,
  })

  useEffect(() => {
    if (seq > 0) virtual.scrollToIndex(seq - 1, { align: 'auto' })
  }, [seq, virtual])

  return (
    <div ref={frame} className="h-full overflow-auto">
      <div role="table" aria-label="Events" aria-rowcount={loaded + 1} className="min-w-[640px]">
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
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const placed = events[index]
            if (placed === undefined) return null
            const { event } = placed
            const stepId = event !== null && 'stepId' in event.data ? event.data.stepId : null
            return (
              <div
                key={placed.seq}
                role="row"
                aria-rowindex={index + 2}
                aria-current={placed.seq === seq || undefined}
                className={classes(
                  columns,
                  'absolute inset-x-0 px-4 text-12',
                  placed.seq === seq ? 'bg-accent-soft' : 'hover:bg-surface',
                  placed.seq > seq && 'text-text-3',
                )}
                style={{ top: start, height: rowPx }}
              >
                <span role="cell" className="tnum text-right">
                  <button
                    type="button"
                    onClick={() => onSeek(placed.seq, { push: true })}
                    className="rounded-4 after:absolute after:inset-0 hover:underline"
                  >
                    {placed.seq}
                  </button>
                </span>
                <span role="cell" className="tnum font-mono">
                  {formatClockMs(placed.atMs)}
                </span>
                <span role="cell" className="truncate font-medium">
                  {placed.kind}
                </span>
                <span role="cell" className="truncate font-mono">
                  {stepId ?? ''}
                </span>
                <span role="cell" className="truncate">
                  {event?.actor.id ?? ''}
                </span>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
