import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import { createContext, useMemo, useState } from 'react'
import { useTaskSession, useView } from './task-context.ts'

/** What cards say of their step that is not in the step itself. */
export type GraphSurroundings = {
  readonly unsafeTools: ReadonlySet<string>
  /** Names of bookmarks by the step that did something there. */
  readonly bookmarks: ReadonlyMap<string, readonly string[]>
}

const noTools: ReadonlySet<string> = new Set()
const noBookmarks: readonly Bookmark[] = []

export const SurroundingsContext = createContext<GraphSurroundings>({
  unsafeTools: noTools,
  bookmarks: new Map(),
})

/** Read once for all cards. */
export const useGraphSurroundings = () => {
  const session = useTaskSession()
  const [unsafeTools, setUnsafeTools] = useState(noTools)
  const set = useView(({ headTask }) =>
    headTask.status === 'unborn' ? noBookmarks : (headTask.bookmarks ?? noBookmarks),
  )
  const hasTicks = useView(({ ticks }) => ticks.length > 0)
  const surroundings = useMemo((): GraphSurroundings => {
    const { ticks } = session.view.getState()
    const bookmarks = new Map<string, readonly string[]>()
    for (const { name, position } of hasTicks ? set : noBookmarks) {
      const stepId = ticks[position - 1]?.stepId
      if (stepId) bookmarks.set(stepId, [...(bookmarks.get(stepId) ?? []), name])
    }
    return { unsafeTools, bookmarks }
  }, [session, unsafeTools, set, hasTicks])
  return { surroundings, setUnsafeTools }
}
