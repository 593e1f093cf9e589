import type { bookmarkRoutes } from '@maestro/contracts/gateway/routes/bookmark-routes'
import {
  listBookmarks,
  removeBookmark,
  setBookmark,
} from '@maestro/contracts/task/bookmark-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const bookmarkAnswers = ({ call }: { call: Call }): Answers<typeof bookmarkRoutes> => ({
  listBookmarks: ({ params, context }) => call(listBookmarks, params, context),
  setBookmark: ({ params, body, context }) => call(setBookmark, { ...params, ...body }, context),
  removeBookmark: ({ params, context }) => call(removeBookmark, params, context),
})
