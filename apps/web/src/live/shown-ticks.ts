import type { TaskTick } from './task-ticks.ts'

const longFrom = 2_000
/** A long rail is drawn anew at most this often while events stream in: the longer it is, the less one more moves anything on it. */
const everyMs = (count: number): number => Math.max(250, count / 50)

/** Decides when a growing list of ticks is worth a new picture: a short one always, a long one now and then. */
export const createShownTicks = ({
  later,
  onDue,
}: {
  later: (ms: number, run: () => void) => void
  onDue: () => void
}) => {
  let shown: readonly TaskTick[] = []
  let shownAt = 0
  let isAsked = false
  return {
    of: (ticks: readonly TaskTick[]): readonly TaskTick[] => {
      if (ticks.length === shown.length) return shown
      const waitMs = shownAt + everyMs(ticks.length) - Date.now()
      if (ticks.length < longFrom || waitMs <= 0) {
        shownAt = Date.now()
        shown = ticks.slice()
      } else if (!isAsked) {
        isAsked = true
        later(waitMs, () => {
          isAsked = false
          onDue()
        })
      }
      return shown
    },
  }
}
