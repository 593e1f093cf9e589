import type { TaskId } from '@maestro/contracts/ids'
import { createStore } from 'zustand/vanilla'
import type { BookmarkWish } from '../../../api/bookmarks.ts'
import type { SentWish } from './with-wishes.ts'

type Unconfirmed = SentWish & { readonly taskId: TaskId }

const store = createStore<{ sent: readonly Unconfirmed[] }>(() => ({ sent: [] }))

/** What was sent and is no event here yet: it is shown all the same. */
export const unconfirmedBookmarks = {
  store,
  /** What it returns ends it, confirmed or refused. */
  add: (taskId: TaskId, wish: BookmarkWish): (() => void) => {
    const one = { taskId, wish, sentAt: new Date().toISOString() }
    store.setState(({ sent }) => ({ sent: [...sent, one] }))
    return () => store.setState(({ sent }) => ({ sent: sent.filter((other) => other !== one) }))
  },
}
