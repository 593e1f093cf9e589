import { createPace } from './pace.ts'

/** A page that does not say when it stands is taken to stand by then. */
const buildingMs = 2_000

/**
 * Decides when something is shown that may change hundreds of times a second. What it is, is not known here.
 * V1: it is shown at most once per frame, and as often as the page can show it (`pace`).
 * V2: while a page is being built nothing new is shown: a render in pieces is thrown away when what it reads
 *     changes. The building ends by a hand, by `buildingMs` at the latest, and what came meanwhile is shown then.
 * V3: while a hand holds, it is shown seldom; what came meanwhile is shown with the next frame after it lets go.
 */
export type Showing = {
  /** Something has changed. Allocates nothing while a frame is on its way. */
  soon: () => void
  hold: (isHeld: boolean) => void
  /** A large page is being built from what was shown last; `then` comes once it stands. */
  build: (then: () => void) => void
  isBuilding: () => boolean
  /** As at the beginning: nothing is on its way. */
  reset: () => void
}

export const createShowing = ({
  show,
  nextFrame,
  later,
  nowMs = () => performance.now(),
}: {
  show: () => void
  /** A page that nobody sees has no frames. */
  nextFrame: (run: () => void) => void
  later: (ms: number, run: () => void) => void
  nowMs?: () => number
}): Showing => {
  const pace = createPace(nowMs)
  let isAsked = false
  let onBuilt: (() => void) | null = null

  const showNow = () => {
    if (!isAsked) return
    isAsked = false
    const begunAtMs = nowMs()
    show()
    // What renders because of it does so before this.
    queueMicrotask(() => pace.took(nowMs() - begunAtMs))
  }
  const askFrame = () => nextFrame(showNow)

  const soon = () => {
    if (isAsked || onBuilt !== null) return
    isAsked = true
    const waitMs = pace.waitMs()
    if (waitMs > 0) later(waitMs, askFrame)
    else askFrame()
  }

  const stand = () => {
    if (onBuilt === null) return
    const then = onBuilt
    onBuilt = null
    then()
    soon()
  }

  return {
    soon,
    hold: (isHeld) => {
      stand()
      pace.hold(isHeld)
      if (isHeld || !isAsked) return
      isAsked = false
      soon()
    },
    build: (then) => {
      onBuilt = then
      later(buildingMs, stand)
    },
    isBuilding: () => onBuilt !== null,
    reset: () => {
      isAsked = false
      onBuilt = null
    },
  }
}
