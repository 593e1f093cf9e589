import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { TaskId } from '../ids.ts'
import { BookmarkName } from './bookmark-name.ts'
import { AtSeq } from './task-endpoints.ts'

const service = 'orchestrator' as const

/** Of one task: more would be a list of events. */
export const bookmarksMax = 100

export const Bookmark = z.object({
  name: z.string(),
  /** The event that it stands at. */
  position: z.int().positive(),
  by: z.string(),
  setAt: z.iso.datetime(),
})
export type Bookmark = z.infer<typeof Bookmark>

export const setBookmark = endpoint({
  service,
  name: 'setBookmark',
  summary:
    'Gives a place in a task’s history a name, also after its end; the same name again moves it.',
  input: z.object({ taskId: TaskId, name: BookmarkName, position: z.int().positive() }),
  output: AtSeq,
  errors: ['NOT_FOUND', 'AFTER_BEYOND_HEAD', 'NOT_ALLOWED_NOW'],
  timeoutMs: 5_000,
})

export const removeBookmark = endpoint({
  service,
  name: 'removeBookmark',
  summary: 'Removes a bookmark; what it stood at stays.',
  input: z.object({ taskId: TaskId, name: BookmarkName }),
  output: AtSeq,
  errors: ['NOT_FOUND'],
  timeoutMs: 5_000,
})

export const listBookmarks = endpoint({
  service,
  name: 'listBookmarks',
  summary: 'The bookmarks of a task, in the order of its history.',
  input: z.object({ taskId: TaskId }),
  output: z.object({ items: z.array(Bookmark) }),
  errors: ['NOT_FOUND'],
  timeoutMs: 5_000,
})
