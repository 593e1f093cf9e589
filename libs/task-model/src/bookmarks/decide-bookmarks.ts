import { AppError } from '@maestro/contracts/errors'
import { bookmarksMax } from '@maestro/contracts/task/bookmark-endpoints'
import type { Recorder } from '../recorder.ts'
import type { CommandOf } from '../task-command.ts'

export const setBookmark = (
  { name, position }: CommandOf<'SetBookmark'>,
  recorder: Recorder,
): void => {
  const { seq, bookmarks = [] } = recorder.task()
  if (position > seq) throw new AppError('AFTER_BEYOND_HEAD', { at: position, head: seq })
  const known = bookmarks.find((bookmark) => bookmark.name === name)
  if (known?.position === position) return
  if (!known && bookmarks.length >= bookmarksMax) {
    const reason = `a task has at most ${bookmarksMax} bookmarks: remove one first`
    throw new AppError('NOT_ALLOWED_NOW', { reason, bookmarksMax, allowed: ['removeBookmark'] })
  }
  recorder.record({ type: 'BookmarkSet', data: { name, position } })
}

export const removeBookmark = ({ name }: CommandOf<'RemoveBookmark'>, recorder: Recorder): void => {
  const { bookmarks = [] } = recorder.task()
  if (!bookmarks.some((bookmark) => bookmark.name === name)) {
    throw new AppError('NOT_FOUND', { kind: 'bookmark', name })
  }
  recorder.record({ type: 'BookmarkRemoved', data: { name } })
}
