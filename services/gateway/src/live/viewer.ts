/** The events that a text tells of, from the first to the last one. */
export type ToldEvents = { first: number; last: number }

/** Somebody who watches a topic: one subscription of one socket. */
export type Viewer = {
  /** Messages of the topic, joined by commas. `events`: null where they are no events. */
  deliver: (text: string, events: ToldEvents | null) => void
  /** It has everything up to here, and gets what follows as it happens. */
  caughtUp: (seq: number) => void
  /** Null: there is room; else resolves when there is. */
  room: () => Promise<void> | null
  /** True once it watches no longer. */
  hasLeft: () => boolean
}
