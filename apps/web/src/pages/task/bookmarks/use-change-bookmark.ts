import { useMutation } from '@tanstack/react-query'
import { type BookmarkWish, changeBookmark } from '../../../api/bookmarks.ts'
import { messageOf } from '../../../api/request-id.ts'
import { useApp } from '../../../shell/app-context.ts'
import { useTaskSession } from '../task-context.ts'

/** Sends one wish; what goes wrong is told where it was asked for. */
export const useChangeBookmark = (onDone: (wish: BookmarkWish) => void) => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (wish: BookmarkWish) => changeBookmark(http, taskId, wish),
    onSuccess: (_answer, wish) => onDone(wish),
  })
  return { send: mutate, isPending, refusal: error === null ? null : messageOf(error) }
}
