import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'

type Place = Pick<Bookmark, 'position'>

/** The bookmark after or before a position; the position itself where there is none. They stand in the order of the history. */
export const nextBookmark = (
  bookmarks: readonly Place[],
  seq: number,
  direction: 1 | -1,
): number => {
  const next =
    direction === 1
      ? bookmarks.find(({ position }) => position > seq)
      : bookmarks.findLast(({ position }) => position < seq)
  return next?.position ?? seq
}
