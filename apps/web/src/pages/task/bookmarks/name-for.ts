import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import { BookmarkName } from '@maestro/contracts/task/bookmark-name'

type Place = { readonly typed: string; readonly position: number }
type Name = { readonly name: BookmarkName } | { readonly problem: string }

/** What is typed as the name of a position; or why it cannot be: setting a name that stands elsewhere would move it. */
export const nameFor = ({ typed, position }: Place, bookmarks: readonly Bookmark[]): Name => {
  const read = BookmarkName.safeParse(typed)
  if (!read.success) return { problem: read.error.issues[0]?.message ?? 'That is no name' }
  const name = read.data
  const other = bookmarks.find((bookmark) => bookmark.name === name)
  return other === undefined || other.position === position
    ? { name }
    : { problem: `“${name}” is event ${other.position} already: rename or remove that one first` }
}
