import type { Placed } from './stitch.ts'

/** States are kept at every so many events: a seek folds at most this far. */
const keyframeEvery = 500

/**
 * The events of a task from its first on, and the state at any of them.
 * H1: `at(n)` equals folding the first n events, however one came there.
 */
export type TaskHistory<Event extends Placed, State> = {
  /** Events 1 to this one are here. */
  length: () => number
  append: (events: readonly Event[]) => void
  at: (seq: number) => State
  event: (seq: number) => Event | undefined
  /** Grows in place; read it together with `length`. */
  events: () => readonly Event[]
}

export const createTaskHistory = <Event extends Placed, State>({
  evolve,
  unborn,
}: {
  evolve: (state: State, event: Event) => State
  unborn: State
}): TaskHistory<Event, State> => {
  const list: Event[] = []
  const keyframes: State[] = [unborn]
  let lastSeq = 0
  let lastState = unborn

  const foldBetween = (state: State, from: number, to: number): State => {
    let folded = state
    for (let index = from; index < to; index += 1) {
      const event = list[index]
      if (event !== undefined) folded = evolve(folded, event)
      if ((index + 1) % keyframeEvery === 0) keyframes[(index + 1) / keyframeEvery] ??= folded
    }
    return folded
  }

  return {
    length: () => list.length,
    append: (events) => {
      for (const event of events) if (event.seq === list.length + 1) list.push(event)
    },
    at: (seq) => {
      const wanted = Math.max(0, Math.min(seq, list.length))
      let frame = Math.min(Math.floor(wanted / keyframeEvery), keyframes.length - 1)
      while (keyframes[frame] === undefined) frame -= 1
      const frameSeq = frame * keyframeEvery
      // Playing forward starts at the last shown state: one event, one evolve.
      const fromLast = lastSeq <= wanted && lastSeq >= frameSeq
      const start = fromLast ? lastSeq : frameSeq
      const base = fromLast ? lastState : (keyframes[frame] ?? unborn)
      lastState = foldBetween(base, start, wanted)
      lastSeq = wanted
      return lastState
    },
    event: (seq) => list[seq - 1],
    events: () => list,
  }
}
