import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { AxisMode } from '../../scrubber/axis.ts'
import { Scrubber } from '../../scrubber/Scrubber.tsx'
import { useKeys } from '../../shell/use-keys.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { TypedAhead } from '../../ui/TypedAhead.tsx'
import { namingBookmark } from './bookmarks/naming-bookmark.ts'
import { useBookmarks } from './bookmarks/use-bookmarks.ts'
import { useDescribe } from './use-describe.ts'
import { useTaskSession, useView } from './task-context.ts'
import type { Seek } from './use-position.ts'

const fetchDialog = () =>
  import('./bookmarks/BookmarksDialog.tsx').then((module) => module.BookmarksDialog)
const BookmarksDialog = lazyPart(fetchDialog, <TypedAhead />)
const GoToDialog = lazyPart(() =>
  import('../../scrubber/GoToDialog.tsx').then((module) => module.GoToDialog),
)
/** By then the page is drawn, and nobody has looked for the place to name. */
const fetchAfterMs = 1_500

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
  const kept = useView((view) => view.kept)
  const { at: named } = useStore(namingBookmark)
  const [goesFrom, setGoesFrom] = useState<number | null>(null)
  const openBookmarks = () => namingBookmark.setState({ at: session.view.getState().seq })
  useKeys({ bookmarks: openBookmarks })
  // Here before it is asked for.
  useEffect(() => {
    // What fails now is asked for again, and told, when the dialog is opened.
    const timer = setTimeout(() => void fetchDialog().catch(() => {}), fetchAfterMs)
    return () => {
      clearTimeout(timer)
      // The page of another task asks for no name by itself.
      namingBookmark.setState({ at: null })
    }
  }, [])
  return (
    <>
      <Scrubber
        {...props}
        ticks={ticks}
        bookmarks={bookmarks}
        kept={kept}
        place={session.view}
        isReplay={isReplay}
        describe={describe}
        onBookmarks={openBookmarks}
        onGoTo={() => setGoesFrom(session.view.getState().seq)}
      />
      {goesFrom !== null && (
        <GoToDialog
          ticks={ticks}
          seq={goesFrom}
          onClose={() => setGoesFrom(null)}
          onSeek={(seq) => props.onSeek(seq, { push: true })}
        />
      )}
      {named !== null && (
        <BookmarksDialog
          position={named}
          onClose={() => namingBookmark.setState({ at: null })}
          onSeek={(seq) => props.onSeek(seq, { push: true })}
        />
      )}
    </>
  )
}
