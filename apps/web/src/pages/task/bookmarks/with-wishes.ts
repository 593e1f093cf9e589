import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import type { BookmarkWish } from '../../../api/bookmarks.ts'

export type SentWish = { readonly wish: BookmarkWish; readonly sentAt: string }

/** Bookmarks as they are once what was sent is an event. What is so already stays as it is. */
export const withWishes = (
  bookmarks: readonly Bookmark[],
  sent: readonly SentWish[],
): readonly Bookmark[] =>
  sent.reduce<readonly Bookmark[]>((before, { wish, sentAt }) => {
    const { name, position } = wish
    const others = before.filter(
      (one) => one.name !== name && !(wish.kind === 'rename' && one.name === wish.before),
    )
    if (wish.kind === 'remove') return others
    const known = before.find((one) => one.name === name && one.position === position)
    return [...others, known ?? { name, position, by: 'you', setAt: sentAt }].toSorted(
      (one, other) => one.position - other.position,
    )
  }, bookmarks)
