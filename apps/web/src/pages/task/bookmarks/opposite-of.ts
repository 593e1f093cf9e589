import type { BookmarkWish } from '../../../api/bookmarks.ts'

/** What takes a wish back. */
export const oppositeOf = (wish: BookmarkWish): BookmarkWish => {
  const { name, position } = wish
  if (wish.kind === 'set') return { kind: 'remove', name, position }
  if (wish.kind === 'remove') return { kind: 'set', name, position }
  return { kind: 'rename', name: wish.before, position, before: name }
}
