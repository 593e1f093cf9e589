import { useVirtualizer } from '@tanstack/react-virtual'
import type { ReactNode } from 'react'
import type { Seek } from '../../use-position.ts'
import type { ThreadEntry } from './thread-entry.ts'
import { ThreadMessage } from './ThreadMessage.tsx'

type Props<Entry extends ThreadEntry> = {
  entries: readonly Entry[]
  /** What scrolls. Null before it is there. */
  frame: HTMLElement | null
  onSeek: Seek
  /** What stands before a message that follows another one. */
  before?: (entry: Entry, last: Entry | undefined) => ReactNode
}

/** A message before it is measured. */
const estimatedPx = 72

/** Messages, of which those in sight are made. */
export const ThreadList = <Entry extends ThreadEntry>({
  entries,
  frame,
  onSeek,
  before,
}: Props<Entry>) => {
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => frame,
    estimateSize: () => estimatedPx,
    // Of one event several may speak: it is told apart by its place.
    getItemKey: (index) => `${entries[index]?.seq ?? ''} ${index}`,
    overscan: 8,
  })
  return (
    <ol aria-label="Messages" className="relative" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, start, key }) => {
        const entry = entries[index]
        return (
          entry && (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={entries.length}
              className="absolute inset-x-0 pb-3"
              style={{ top: start }}
            >
              {before?.(entry, entries[index - 1])}
              <ThreadMessage entry={entry} onSeek={onSeek} />
            </li>
          )
        )
      })}
    </ol>
  )
}
