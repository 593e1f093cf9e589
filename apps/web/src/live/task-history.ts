import { createEventPages, eventsPerPage, pageOf } from './event-pages.ts'
import { createKeptStates, keyframeEvery } from './kept-states.ts'
import type { Placed } from './stitch.ts'

/** Eight thousand events: more than a task has whose whole history is held. */
const pagesMax = 16
/** One of a thousand steps takes some megabytes. */
const statesMax = 12

/** What a position needs and is not here. */
export type HistoryLack =
  | { kind: 'events'; after: number; limit: number }
  | { kind: 'state'; at: number }

/**
 * Events of a task and the state at any of them, as far as they are here.
 * H1: `at(n)` equals folding the first n events, shaped at every keyframe, however one came there; or it is null.
 * H2: a bounded number of events and of states is held, however long the task is.
 * H3: what `lackOf(n)` names, read and put in, makes `at(n)` a state after at most two rounds.
 */
export type TaskHistory<Event extends Placed, State> = {
  put: (events: readonly Event[]) => void
  /** A state that is known from elsewhere. */
  keep: (seq: number, state: State) => void
  /** Null: something it needs is not here, see `lackOf`. */
  at: (seq: number) => State | null
  /** Null: nothing, it can be shown. */
  lackOf: (seq: number) => HistoryLack | null
  /** What its neighbours need, so that one more key shows them at once. */
  lackAround: (seq: number, head: number) => HistoryLack | null
  event: (seq: number) => Event | undefined
  missingIn: (from: number, to: number) => number | null
  /** How many events are here. */
  count: () => number
}

export const createTaskHistory = <Event extends Placed, State>({
  fold,
  unborn,
  shape = (state) => state,
}: {
  fold: (from: State, events: readonly Event[]) => State
  unborn: State
  /** What is kept of a state to be folded on. */
  shape?: (state: State) => State
}): TaskHistory<Event, State> => {
  const pages = createEventPages<Event>(pagesMax)
  const kept = createKeptStates<State>(statesMax)
  let last = { seq: 0, state: unborn }

  const baseFor = (seq: number): { seq: number; state: State } => {
    const near = kept.nearest(seq) ?? { seq: 0, state: unborn }
    // Playing forward starts at the last shown state: one event, one evolve.
    return last.seq <= seq && last.seq >= near.seq ? last : near
  }

  const foldOn = (from: { seq: number; state: State }, to: number): State => {
    let { state } = from
    let next: Event[] = []
    for (let seq = from.seq + 1; seq <= to; seq += 1) {
      const event = pages.get(seq)
      if (event !== undefined) next.push(event)
      if (seq % keyframeEvery !== 0) continue
      state = shape(fold(state, next))
      next = []
      kept.keep(seq, state)
    }
    return fold(state, next)
  }

  const at = (seq: number): State | null => {
    pages.touch(seq)
    const base = baseFor(seq)
    if (pages.missingIn(base.seq + 1, seq) !== null) return null
    last = { seq, state: foldOn(base, seq) }
    return last.state
  }

  const eventsFrom = (missing: number, to: number): HistoryLack => ({
    kind: 'events',
    after: missing - 1,
    limit: to - missing + 1,
  })

  const endOf = (seq: number) => (pageOf(seq) + 1) * eventsPerPage

  return {
    put: pages.put,
    keep: kept.keep,
    at,
    lackOf: (seq) => {
      const base = baseFor(seq)
      const missing = pages.missingIn(base.seq + 1, seq)
      if (missing === null) return null
      // A page is as quick as a state, and shows the neighbours as well.
      return pageOf(missing) === pageOf(seq)
        ? eventsFrom(missing, endOf(seq))
        : { kind: 'state', at: seq }
    },
    lackAround: (seq, head) => {
      const start = pageOf(seq) * eventsPerPage
      const missing = pages.missingIn(start + 1, Math.min(endOf(seq), head))
      if (missing !== null) return eventsFrom(missing, Math.min(endOf(seq), head))
      return start > 0 && !kept.has(start) ? { kind: 'state', at: start } : null
    },
    event: pages.get,
    missingIn: pages.missingIn,
    count: pages.count,
  }
}
