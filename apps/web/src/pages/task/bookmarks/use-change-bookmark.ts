import { useMutation } from '@tanstack/react-query'
import type { BookmarkWish } from '../../../api/bookmarks.ts'
import { messageOf } from '../../../api/request-id.ts'
import { useApp } from '../../../shell/app-context.ts'
import { useTaskSession } from '../task-context.ts'
import { changeBookmarkNow } from './change-bookmark-now.ts'

/** Sends one wish. `refusal`: why a new name was not taken. */
export const useChangeBookmark = (onDone: (wish: BookmarkWish) => void = () => {}) => {
  const { http } = useApp()
  const session = useTaskSession()
  const { mutate, isPending, error } = useMutation({
    // A new name stands in its field still; every other wish has no place any more.
    mutationFn: (wish: BookmarkWish) =>
      changeBookmarkNow({ http, session }, wish, { tellsRefusal: wish.kind !== 'set' }),
    onSuccess: (_answer, wish) => onDone(wish),
  })
  return { send: mutate, isPending, refusal: error === null ? null : messageOf(error) }
}
