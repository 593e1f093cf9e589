/** Something with a place in a task's dense history. */
export type Placed = { readonly seq: number }

/**
 * Puts a stream that may repeat, reorder or skip back into a gapless line.
 * S1: events leave in order, each once, without a gap.
 * S2: what lies at or below the head is dropped.
 * S3: what lies beyond a gap waits until the gap is filled.
 */
export type Stitch<Event extends Placed> = {
  head: () => number
  /** Takes what came; returns what can be applied now. */
  take: (events: readonly Event[]) => readonly Event[]
  /** Tells where the server stands, which exposes an event that was lost in silence. */
  hear: (head: number) => void
  /** The first missing event when something beyond it is known to exist; else null. */
  missingFrom: () => number | null
  /** How far the newest known event lies ahead. */
  behind: () => number
  /** A new start from a snapshot. */
  reset: (head: number) => void
}

export const createStitch = <Event extends Placed>(from: number): Stitch<Event> => {
  let head = from
  let known = from
  const waiting = new Map<number, Event>()

  return {
    head: () => head,
    take: (events) => {
      const ready: Event[] = []
      for (const event of events) {
        if (event.seq <= head) continue
        known = Math.max(known, event.seq)
        waiting.set(event.seq, event)
      }
      for (let next = waiting.get(head + 1); next; next = waiting.get(head + 1)) {
        waiting.delete(next.seq)
        head = next.seq
        ready.push(next)
      }
      return ready
    },
    hear: (serverHead) => {
      known = Math.max(known, serverHead)
    },
    missingFrom: () => (known > head ? head + 1 : null),
    behind: () => known - head,
    reset: (snapshotHead) => {
      head = snapshotHead
      known = Math.max(known, snapshotHead)
      for (const seq of waiting.keys()) if (seq <= head) waiting.delete(seq)
    },
  }
}
