import { z } from 'zod'
import { BookmarkName } from '../bookmark-name.ts'

/** Places in a task's history that people give a name. */
export const bookmarkEventData = {
  /** The same name again moves it. */
  BookmarkSet: z.object({ name: BookmarkName, position: z.int().positive() }),
  BookmarkRemoved: z.object({ name: BookmarkName }),
} as const
