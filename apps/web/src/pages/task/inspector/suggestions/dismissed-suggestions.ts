import type { TaskId } from '@maestro/contracts/ids'
import { z } from 'zod'

/** Of one task. Older ones come back: nobody dismisses so many. */
const keptMax = 200
const Kept = z.array(z.string())
const keyOf = (taskId: TaskId) => `maestro.dismissed.${taskId}`

/** What somebody does not want to be shown again, in this browser: it changes nothing in the task. */
export const dismissedSuggestions = {
  read: (taskId: TaskId): readonly string[] => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(keyOf(taskId)) ?? '[]')
      return Kept.safeParse(kept).data ?? []
    } catch {
      return []
    }
  },
  write: (taskId: TaskId, ids: readonly string[]): void => {
    try {
      localStorage.setItem(keyOf(taskId), JSON.stringify(ids.slice(-keptMax)))
    } catch {
      // Without storage it lives as long as the page.
    }
  },
}
