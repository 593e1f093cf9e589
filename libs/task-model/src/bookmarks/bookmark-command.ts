/** What people say to the history of a task: it takes it at any time, also after the end. */
export type BookmarkCommand =
  | { type: 'SetBookmark'; name: string; position: number }
  | { type: 'RemoveBookmark'; name: string }
