import type { TaskTick } from './task-ticks.ts'

/** A long rail is drawn anew at most this often while events stream in. */
const longFrom = 2_000
const longEveryMs = 250

/** Decides when a growing list of ticks is worth a new picture: a short one always, a long one now and then. */
export const createShownTicks = (later: (ms: number) => void) => {
  let shown: readonly TaskTick[] = []
  let shownAt = 0
  let isAsked = false
  return {
    of: (ticks: readonly TaskTick[]): readonly TaskTick[] => {
      if (ticks.length === shown.length) return shown
      const now = Date.now()
      if (ticks.length < longFrom || now - shownAt >= longEveryMs) {
        shownAt = now
        isAsked = false
        shown = ticks.slice()
      } else if (!isAsked) {
        isAsked = true
        later(longEveryMs)
      }
      return shown
    },
  }
}
