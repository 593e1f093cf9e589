import { bookmarkRoutes } from '@maestro/contracts/gateway/routes/bookmark-routes'
import type { TaskId } from '@maestro/contracts/ids'
import type { Http } from './http.ts'

export type BookmarkWish =
  | { kind: 'set'; name: string; position: number }
  | { kind: 'rename'; name: string; position: number; before: string }
  | { kind: 'remove'; name: string; position: number }

/** Sends what is wanted. A new name is given before the old one goes: what fails in between loses nothing. */
export const changeBookmark = async (http: Http, taskId: TaskId, wish: BookmarkWish) => {
  const remove = (name: string) =>
    http.json(bookmarkRoutes.removeBookmark, { params: { taskId, name } })
  if (wish.kind === 'remove') return remove(wish.name)
  const { name, position } = wish
  const set = await http.json(bookmarkRoutes.setBookmark, {
    params: { taskId, name },
    body: { position },
  })
  return wish.kind === 'rename' && wish.before !== name ? remove(wish.before) : set
}
