import { type BookmarkWish, changeBookmark } from '../../../api/bookmarks.ts'
import type { Http } from '../../../api/http.ts'
import { messageOf } from '../../../api/request-id.ts'
import type { TaskSession } from '../../../live/task-session.ts'
import { notices } from '../../../shell/notices.ts'
import { oppositeOf } from './opposite-of.ts'
import { unconfirmedBookmarks } from './unconfirmed-bookmarks.ts'

type Place = { http: Http; session: Pick<TaskSession, 'taskId' | 'view'> }

/** An event that has not come by then is looked for by the session itself. */
const confirmedAfterMs = 10_000

const done = (wish: BookmarkWish): string => {
  if (wish.kind === 'rename') return `“${wish.before}” is “${wish.name}” now`
  return wish.kind === 'set'
    ? `“${wish.name}” is event ${wish.position} now`
    : `“${wish.name}” is removed`
}

const refused = (wish: BookmarkWish): string => {
  if (wish.kind === 'rename') return `“${wish.before}” was not renamed “${wish.name}”.`
  return wish.kind === 'set' ? `“${wish.name}” was not set.` : `“${wish.name}” was not removed.`
}

/**
 * Shows at once what is wished, and offers to take it back. Refused, it is shown as it was, and that is told
 * with the name that was typed unless whoever asked has a place for it.
 */
export const changeBookmarkNow = async (
  place: Place,
  wish: BookmarkWish,
  { tellsRefusal }: { tellsRefusal: boolean },
): Promise<void> => {
  const { http, session } = place
  const end = unconfirmedBookmarks.add(session.taskId, wish)
  const undo = async () => {
    // What was refused is as it was already.
    const isDone = await sent.then(
      () => true,
      () => false,
    )
    if (isDone)
      await changeBookmarkNow(place, oppositeOf(wish), { tellsRefusal: true }).catch(
        () => undefined,
      )
  }
  const sent = changeBookmark(http, session.taskId, wish)
  const told = notices.tell(done(wish), 'done', () => void undo())
  try {
    const { seq } = await sent
    await shown(session.view, seq)
  } catch (error) {
    notices.putAway(told)
    if (tellsRefusal) notices.tell(`${refused(wish)} ${messageOf(error)}`, 'failed')
    throw error
  } finally {
    end()
  }
}

const shown = (view: Place['session']['view'], seq: number): Promise<void> =>
  new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      unsubscribe()
      resolve()
    }
    const timer = setTimeout(() => finish(), confirmedAfterMs)
    const unsubscribe = view.subscribe(({ head }) => head >= seq && finish())
    if (view.getState().head >= seq) finish()
  })
