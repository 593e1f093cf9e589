import { useState } from 'react'
import type { AxisMode } from '../../scrubber/axis.ts'
import { Scrubber } from '../../scrubber/Scrubber.tsx'
import { useKeys } from '../../shell/use-keys.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { useBookmarks } from './bookmarks/use-bookmarks.ts'
import { useDescribe } from './use-describe.ts'
import { useTaskSession, useView } from './task-context.ts'
import type { Seek } from './use-position.ts'

const BookmarksDialog = lazyPart(() =>
  import('./bookmarks/BookmarksDialog.tsx').then((module) => module.BookmarksDialog),
)

type Props = {
  axisMode: AxisMode
  isCompact: boolean
  onAxisMode: (mode: AxisMode) => void
  onSeek: Seek
  onLive: () => void
}

/** The scrubber of this task. It alone renders when events come in. */
export const TaskScrubber = (props: Props) => {
  const session = useTaskSession()
  const ticks = useView((view) => view.ticks)
  const isReplay = useView((view) => view.mode === 'replay')
  const describe = useDescribe()
  const bookmarks = useBookmarks()
  const [isNaming, setIsNaming] = useState(false)
  useKeys({ b: () => setIsNaming(true) })
  return (
    <>
      <Scrubber
        {...props}
        ticks={ticks}
        bookmarks={bookmarks}
        place={session.view}
        isReplay={isReplay}
        describe={describe}
        onBookmarks={() => setIsNaming(true)}
      />
      {isNaming && (
        <BookmarksDialog
          onClose={() => setIsNaming(false)}
          onSeek={(seq) => props.onSeek(seq, { push: true })}
        />
      )}
    </>
  )
}
