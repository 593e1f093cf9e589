/** Cheaper than this, a change is shown with the next frame, whatever came before. */
const cheapMs = 4
/** After a change has been shown, so many times as long nothing new is: the page is there for whoever uses it. */
const restPerWork = 2
const restMaxMs = 500
/** While somebody moves something, news come this seldom: fewer than one frame in twenty is slower for them. */
const heldRestMs = 500

/** How long what has happened waits before it is shown, by what it cost to show the last of it. */
export const createPace = (nowMs: () => number) => {
  let endedAtMs = -Infinity
  let costMs = 0
  let isHeld = false
  return {
    waitMs: (): number => {
      const costly = costMs <= cheapMs ? 0 : Math.min(restMaxMs, restPerWork * costMs)
      const restMs = isHeld ? heldRestMs : costly
      return Math.max(0, endedAtMs + restMs - nowMs())
    },
    took: (ms: number) => {
      costMs = ms
      endedAtMs = nowMs()
    },
    hold: (held: boolean) => {
      isHeld = held
    },
  }
}
