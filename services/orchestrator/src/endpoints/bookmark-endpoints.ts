import {
  listBookmarks,
  removeBookmark,
  setBookmark,
} from '@maestro/contracts/task/bookmark-endpoints'
import { AppError } from '@maestro/contracts/errors'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import { unbornTask } from '@maestro/task-model/task'
import type { CommandHandler } from '../command/command-handler.ts'
import type { TaskCache } from '../command/task-cache.ts'

/** Named places of a task's history. Saying the same again changes nothing, so that no key is needed. */
export const bookmarkEndpoints = ({
  commands,
  cache,
}: {
  commands: CommandHandler
  cache: TaskCache
}): Implementation[] => {
  const now = () => new Date().toISOString()
  const asTheyAre = { payloads: [], expectedSeq: null, key: null }
  return [
    implement(setBookmark, async ({ taskId, name, position }, { actor }) => {
      const command = { type: 'SetBookmark', name, position, at: now(), actor } as const
      const { seq } = await commands.handle({ taskId, command, ...asTheyAre })
      return { seq }
    }),
    implement(removeBookmark, async ({ taskId, name }, { actor }) => {
      const command = { type: 'RemoveBookmark', name, at: now(), actor } as const
      const { seq } = await commands.handle({ taskId, command, ...asTheyAre })
      return { seq }
    }),
    implement(listBookmarks, async ({ taskId }) => {
      const task = (await cache.refresh([taskId])).get(taskId) ?? unbornTask
      if (task.status === 'unborn') throw new AppError('NOT_FOUND', { kind: 'task', taskId })
      return { items: [...(task.bookmarks ?? [])] }
    }),
  ]
}
