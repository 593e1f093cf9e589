import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { useTaskSession, useView } from '../task-context.ts'
import { unconfirmedBookmarks } from './unconfirmed-bookmarks.ts'
import { withWishes } from './with-wishes.ts'

const none: readonly Bookmark[] = []

/** Those that there are now, whichever moment is shown: they lead through the whole history. */
export const useBookmarks = (): readonly Bookmark[] => {
  const { taskId } = useTaskSession()
  const { sent } = useStore(unconfirmedBookmarks.store)
  const bookmarks = useView(({ headTask }) =>
    headTask.status === 'unborn' ? none : (headTask.bookmarks ?? none),
  )
  return useMemo(
    () =>
      withWishes(
        bookmarks,
        sent.filter((one) => one.taskId === taskId),
      ),
    [bookmarks, sent, taskId],
  )
}
