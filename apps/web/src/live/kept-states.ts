/** States are kept at every so many events: a seek folds at most this far. */
export const keyframeEvery = 500

/**
 * States to fold on from, by their position. The one that was longest not used goes first: those of a
 * large plan are large.
 */
export const createKeptStates = <State>(statesMax: number) => {
  const states = new Map<number, State>()
  const use = (seq: number, state: State) => {
    states.delete(seq)
    states.set(seq, state)
  }
  return {
    keep: (seq: number, state: State) => {
      use(seq, state)
      for (const oldest of states.keys()) {
        if (states.size <= statesMax) return
        states.delete(oldest)
      }
    },
    /** Who asks for it uses it. */
    has: (seq: number): boolean => {
      const state = states.get(seq)
      if (state === undefined) return false
      use(seq, state)
      return true
    },
    /** The nearest one at or before a position. */
    nearest: (seq: number): { seq: number; state: State } | null => {
      let best = -1
      for (const kept of states.keys()) if (kept <= seq && kept > best) best = kept
      const state = states.get(best)
      if (state === undefined) return null
      use(best, state)
      return { seq: best, state }
    },
  }
}
