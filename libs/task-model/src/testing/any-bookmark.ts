import type { TaskCommand } from '../task-command.ts'
import type { BornTask } from '../task.ts'
import type { Choose } from './effect-answers.ts'
import { ada } from './task-fixtures.ts'

/** Sets one of three bookmarks somewhere in the history so far, or removes one that is set. */
export const anyBookmark = (
  { seq, bookmarks = [] }: BornTask,
  choose: Choose,
  at: string,
): TaskCommand => {
  const by = { at, actor: ada }
  const set = bookmarks[choose(bookmarks.length + 2)]
  if (set) return { type: 'RemoveBookmark', name: set.name, ...by }
  return { type: 'SetBookmark', name: `here ${choose(3)}`, position: 1 + choose(seq), ...by }
}
