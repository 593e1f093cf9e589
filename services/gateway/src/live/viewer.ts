/** Somebody who watches a topic: one subscription of one socket. */
export type Viewer = {
  /** An event, or anything else of the topic (`seq` 0). */
  deliver: (seq: number, text: string) => void
  /** It has everything up to here, and gets what follows as it happens. */
  caughtUp: (seq: number) => void
  /** Null: there is room; else resolves when there is. */
  room: () => Promise<void> | null
  /** True once it watches no longer. */
  hasLeft: () => boolean
}
