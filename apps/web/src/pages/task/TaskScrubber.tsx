import { useEffect, useState } from 'react'
import type { AxisMode } from '../../scrubber/axis.ts'
import { Scrubber } from '../../scrubber/Scrubber.tsx'
import { useKeys } from '../../shell/use-keys.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { TypedAhead } from '../../ui/TypedAhead.tsx'
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
  const [named, setNamed] = useState<number | null>(null)
  const [goesFrom, setGoesFrom] = useState<number | null>(null)
  const openBookmarks = () => setNamed(session.view.getState().seq)
  useKeys({ b: openBookmarks })
  // Here before it is asked for.
  useEffect(() => {
    // What fails now is asked for again, and told, when the dialog is opened.
    const timer = setTimeout(() => void fetchDialog().catch(() => {}), fetchAfterMs)
    return () => clearTimeout(timer)
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
          onClose={() => setNamed(null)}
          onSeek={(seq) => props.onSeek(seq, { push: true })}
        />
      )}
    </>
  )
}
