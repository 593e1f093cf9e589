import type { EventOf } from '../event-of.ts'
import type { BornTask } from '../task.ts'

/** In the order of the history that they stand in. */
export const evolveBookmarks = (
  task: BornTask,
  event: EventOf<'BookmarkSet' | 'BookmarkRemoved'>,
): BornTask => {
  const others = (task.bookmarks ?? []).filter(({ name }) => name !== event.data.name)
  if (event.type === 'BookmarkRemoved') return { ...task, bookmarks: others }
  const set = { ...event.data, by: event.actor.id, setAt: event.at }
  return {
    ...task,
    bookmarks: [...others, set].toSorted((one, other) => one.position - other.position),
  }
}
