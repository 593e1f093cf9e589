/** What becomes due for a client within so many milliseconds leaves in one frame. */
const frameMs = 16
/** With many clients, frames are collected for longer, up to this: still less than people notice. */
const frameMsMax = 48
/** Writing frames takes one part in so many of the time, the rest is for what goes into them, until that would make people wait for more than `frameMsMax`. */
const shareOfTime = 4

/**
 * One beat for all clients. Those who watch the same task come due together, so that their frame is
 * made once. The more the last beat had to write, the longer it is until the next one.
 */
export type FrameClock = {
  /** Calls `gather` at the beginning of the next beat: what it brings leaves within this very beat. */
  beforeFrames: (gather: () => void) => void
  /** Calls `flush` at the next beat: after a quiet time with all that this turn of the loop brings. */
  atNextBeat: (flush: () => void) => void
  stop: () => void
}

/** `onBeat`: is called at the end of every beat. */
export const createFrameClock = ({ onBeat }: { onBeat: () => void }): FrameClock => {
  let gathers: (() => void)[] = []
  let due: (() => void)[] = []
  let scheduled: NodeJS.Timeout | NodeJS.Immediate | null = null
  let nextAt = 0
  let isStopped = false

  const beat = () => {
    scheduled = null
    const startedAt = performance.now()
    const gathered = gathers
    gathers = []
    for (const gather of gathered) gather()
    const flushes = due
    due = []
    for (const flush of flushes) flush()
    onBeat()
    const tookMs = performance.now() - startedAt
    nextAt = startedAt + Math.min(Math.max(frameMs, tookMs * shareOfTime), frameMsMax)
    schedule()
  }

  const schedule = () => {
    if (scheduled !== null || due.length + gathers.length === 0 || isStopped) return
    const waitMs = nextAt - performance.now()
    scheduled = waitMs <= 0 ? setImmediate(beat) : setTimeout(beat, waitMs)
  }

  return {
    beforeFrames: (gather) => {
      gathers.push(gather)
      schedule()
    },
    atNextBeat: (flush) => {
      due.push(flush)
      schedule()
    },
    stop: () => {
      isStopped = true
      due = []
      gathers = []
    },
  }
}
