import { z } from 'zod'
import { TaskId } from '../../ids.ts'
import { listBookmarks, removeBookmark, setBookmark } from '../../task/bookmark-endpoints.ts'
import { BookmarkName } from '../../task/bookmark-name.ts'
import { httpRoutesOf, saidAs } from '../http-route.ts'
import { seqMax } from '../query-values.ts'

const shared = { tag: 'history', access: 'owner', status: 200 } as const
const named = z.object({ taskId: TaskId, name: BookmarkName })

/** Named places in a task's history. */
export const bookmarkRoutes = httpRoutesOf({
  listBookmarks: {
    ...shared,
    method: 'GET',
    path: '/api/tasks/:taskId/bookmarks',
    ...saidAs(listBookmarks),
    params: z.object({ taskId: TaskId }),
    answer: listBookmarks.output,
    keyed: false,
  },
  setBookmark: {
    ...shared,
    method: 'PUT',
    path: '/api/tasks/:taskId/bookmarks/:name',
    ...saidAs(setBookmark),
    params: named,
    body: z.strictObject({ position: z.int().min(1).max(seqMax) }),
    answer: setBookmark.output,
    keyed: false,
  },
  removeBookmark: {
    ...shared,
    method: 'DELETE',
    path: '/api/tasks/:taskId/bookmarks/:name',
    ...saidAs(removeBookmark),
    params: named,
    answer: removeBookmark.output,
    keyed: false,
  },
})
