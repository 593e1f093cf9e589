import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import { useView } from '../task-context.ts'

const none: readonly Bookmark[] = []

/** Those that there are now, whichever moment is shown: they lead through the whole history. */
export const useBookmarks = (): readonly Bookmark[] =>
  useView(({ headTask }) => (headTask.status === 'unborn' ? none : (headTask.bookmarks ?? none)))
