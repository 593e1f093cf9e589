import { z } from 'zod'

export const bookmarkCharactersMax = 80

/** What people call a place in a task's history. */
export const BookmarkName = z
  .string()
  .trim()
  .min(1, 'a bookmark has a name')
  .max(
    bookmarkCharactersMax,
    `the name of a bookmark has at most ${bookmarkCharactersMax} characters`,
  )
  .regex(/^\P{Cc}*$/u, 'the name of a bookmark is one line of text')
export type BookmarkName = z.infer<typeof BookmarkName>
