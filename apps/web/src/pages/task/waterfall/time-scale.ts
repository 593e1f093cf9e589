import type { Stretch } from '@maestro/task-model/time/divide-time'

/** A stretch that is drawn short, because nothing worked in it. */
export type Fold = Stretch & { readonly left: number; readonly width: number }
export type TimeScale = {
  readonly fromMs: number
  readonly toMs: number
  readonly folds: readonly Fold[]
  /** Where a moment stands, from 0 at the left to 1 at the right; outside of it, what is nearest. */
  readonly placeOf: (atMs: number) => number
  readonly atOf: (place: number) => number
}

const foldWidth = 0.03
/** However many waits there are, this much is for what happened. */
const openWidthMin = 0.5

/** Maps moments to places: a length is a duration, but for what is folded. */
export const timeScale = ({ fromMs, toMs }: Stretch, idle: readonly Stretch[] = []): TimeScale => {
  const endMs = Math.max(toMs, fromMs + 1)
  const folded = idle.flatMap((one) => {
    const [from, to] = [Math.max(one.fromMs, fromMs), Math.min(one.toMs, endMs)]
    return from < to ? [{ fromMs: from, toMs: to }] : []
  })
  const foldedMs = folded.reduce((sum, one) => sum + one.toMs - one.fromMs, 0)
  const openMs = endMs - fromMs - foldedMs
  // Nothing but waits: there is no time left to fold them into.
  const each =
    folded.length === 0 || openMs <= 0 ? 0 : Math.min(foldWidth, (1 - openWidthMin) / folded.length)
  const perMs = each === 0 ? 1 / (endMs - fromMs) : (1 - each * folded.length) / openMs
  const folds: Fold[] = []
  let place = 0
  let sinceMs = fromMs
  for (const one of each === 0 ? [] : folded) {
    place += (one.fromMs - sinceMs) * perMs
    folds.push({ ...one, left: place, width: each })
    place += each
    sinceMs = one.toMs
  }
  const before = (key: 'fromMs' | 'left', value: number) =>
    folds.findLast((fold) => fold[key] <= value)
  return {
    fromMs,
    toMs: endMs,
    folds,
    placeOf: (atMs) => {
      const at = Math.min(Math.max(atMs, fromMs), endMs)
      const fold = before('fromMs', at)
      if (fold === undefined) return (at - fromMs) * perMs
      const within = (at - fold.fromMs) / (fold.toMs - fold.fromMs)
      return within < 1
        ? fold.left + within * fold.width
        : fold.left + fold.width + (at - fold.toMs) * perMs
    },
    atOf: (place) => {
      const wanted = Math.min(Math.max(place, 0), 1)
      const fold = before('left', wanted)
      if (fold === undefined) return fromMs + wanted / perMs
      const past = wanted - fold.left - fold.width
      return past < 0
        ? fold.toMs + (past / fold.width) * (fold.toMs - fold.fromMs)
        : Math.min(endMs, fold.toMs + past / perMs)
    },
  }
}
