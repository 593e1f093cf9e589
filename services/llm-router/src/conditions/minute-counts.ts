import {
  addCounts,
  type CallFigures,
  type CallSample,
  type Counts,
  fieldsOf,
  figuresOf,
  isInWindow,
  minuteOf,
} from './call-window.ts'

/** Models are named by people, so their number has no bound of its own. */
export const scopesMax = 256

type Minutes = Map<number, Counts>
export type CountedMinutes = ReadonlyMap<string, ReadonlyMap<number, Counts>>

/** How calls went, minute by minute: what this worker has counted last, and what is added up already. */
export type MinuteCounts = {
  add: (scope: string, sample: CallSample) => void
  /** Over the last minutes; at most `figuresForMs` old. */
  figures: (scope: string) => CallFigures
  scopes: () => readonly string[]
  /** What was counted since the last time, to be added up elsewhere. */
  take: () => CountedMinutes
  /** Adds up here what cannot be elsewhere. */
  keep: (taken: CountedMinutes) => void
  isKnown: (scope: string, minute: number) => boolean
  /** A minute as it was added up elsewhere. */
  put: (scope: string, minute: number, counts: Counts) => void
  forgetOld: () => void
}

export const createMinuteCounts = ({
  now,
  figuresForMs,
}: {
  now: () => number
  figuresForMs: number
}): MinuteCounts => {
  let pending = new Map<string, Minutes>()
  const minutes = new Map<string, Minutes>()
  const cached = new Map<string, { untilMs: number; figures: CallFigures }>()

  const addTo = (all: Map<string, Minutes>, scope: string, minute: number, counts: Counts) => {
    if (all.size >= scopesMax && !all.has(scope)) return
    const known = all.get(scope) ?? new Map<number, Counts>()
    known.set(minute, addCounts(known.get(minute) ?? new Map(), counts))
    all.set(scope, known)
  }

  return {
    add: (scope, sample) => {
      const counts = new Map(fieldsOf(sample).map((field) => [field, 1]))
      addTo(pending, scope, minuteOf(now()), counts)
    },
    figures: (scope) => {
      const known = cached.get(scope)
      if (known !== undefined && known.untilMs > now()) return known.figures
      const all = [minutes, pending].flatMap((source) =>
        [...(source.get(scope) ?? [])].flatMap(([minute, counts]) =>
          isInWindow(minute, now()) ? [counts] : [],
        ),
      )
      const figures = figuresOf(all.reduce(addCounts, new Map<string, number>()))
      cached.set(scope, { untilMs: now() + figuresForMs, figures })
      return figures
    },
    scopes: () => [...minutes.keys(), ...pending.keys()],
    take: () => {
      const taken = pending
      pending = new Map()
      return taken
    },
    keep: (taken) => {
      for (const [scope, known] of taken)
        for (const [minute, counts] of known) addTo(minutes, scope, minute, counts)
      cached.clear()
    },
    isKnown: (scope, minute) => minutes.get(scope)?.has(minute) === true,
    put: (scope, minute, counts) => {
      const known: Minutes = minutes.get(scope) ?? new Map<number, Counts>()
      known.set(minute, counts)
      minutes.set(scope, known)
      cached.clear()
    },
    forgetOld: () => {
      for (const [scope, known] of minutes) {
        for (const minute of known.keys()) if (!isInWindow(minute, now())) known.delete(minute)
        if (known.size === 0) minutes.delete(scope)
      }
    },
  }
}
