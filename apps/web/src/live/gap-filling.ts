import { eventsPerRead } from './events-per-read.ts'
import type { Placed, Stitch } from './stitch.ts'

/** How long a gap may fill itself before it is fetched. */
const gapMs = 1_000
/** Further behind than this a new snapshot is cheaper than the events. */
const behindMax = 5_000
const retryMs = 2_000

/**
 * Brings what a stream was to bring and did not.
 * G1: a gap has a second to fill itself; then it is read, a page at a time, until nothing is missing.
 * G2: what lies further behind than `behindMax` is not read event by event: a snapshot takes its place.
 * G3: what cannot be read is tried again; after a reset nothing is applied that was asked for before it.
 */
export type GapFilling = {
  /** Something came: looks whether anything before it is missing. */
  watch: () => void
  /** Asks whether something has happened that was not told here; what cannot be asked now the stream tells later. */
  check: () => void
  reset: () => void
}

export const createGapFilling = <Event extends Placed>({
  stitch,
  readEvents,
  takeSnapshot,
  apply,
  later,
}: {
  stitch: Stitch<Event>
  readEvents: (range: { after: number; limit: number }) => Promise<readonly Event[]>
  /** Moves the stitch on to where the server stands. */
  takeSnapshot: () => Promise<void>
  apply: (events: readonly Event[]) => void
  later: (ms: number, run: () => void) => void
}): GapFilling => {
  let round = 0
  let isFilling = false

  /** True: something came of it. */
  const readOn = async (mine: number): Promise<boolean> => {
    const events = await readEvents({ after: stitch.head(), limit: eventsPerRead })
    if (mine !== round) return false
    const ready = stitch.take(events)
    apply(ready)
    return ready.length > 0
  }

  const fill = async (mine: number) => {
    try {
      let goesOn = true
      while (goesOn && mine === round && stitch.missingFrom() !== null) {
        if (stitch.behind() > behindMax) await takeSnapshot()
        // Nothing came although the server told of more: its next word is waited for.
        goesOn = await readOn(mine)
      }
      if (mine === round) isFilling = false
    } catch {
      if (mine === round) later(retryMs, () => void fill(mine))
    }
  }

  const watch = () => {
    if (isFilling || stitch.missingFrom() === null) return
    isFilling = true
    const mine = round
    later(gapMs, () => void fill(mine))
  }

  return {
    watch,
    check: () => void readOn(round).then(watch, () => {}),
    reset: () => {
      round += 1
      isFilling = false
    },
  }
}
