import type { CallFigures, CallSample } from './call-window.ts'
import type { Headroom } from './headroom.ts'
import { createHeadroomBoard } from './headroom-board.ts'
import { createMinuteCounts } from './minute-counts.ts'
import { createRunningCalls } from './running-calls.ts'
import { readStatistics, writeStatistics } from './share-statistics.ts'
import type { SharedRedis } from './shared-redis.ts'

// What workers count, each for itself, and add up in Redis once a second: how calls went, how many run,
// what is left of our limits. Whoever decides or shows reads the copy of this worker, a second old.
// Without Redis the copy holds what this worker counted.

export type CallStatistics = {
  /** An attempt left for its provider; call the result when it is back. */
  begin: (scope: string) => () => void
  add: (scope: string, sample: CallSample) => void
  see: (scope: string, headroom: Headroom) => void
  /** Of all workers, over the last minutes. */
  figures: (scope: string) => CallFigures
  headroom: (scope: string) => Headroom | null
  callsInFlight: (scope: string) => number
  scopes: () => readonly string[]
  stop: () => Promise<void>
}

const shareEveryMs = 1_000

export const createCallStatistics = ({
  redis,
  worker,
  now = Date.now,
}: {
  redis: SharedRedis | null
  /** This life of this copy. */
  worker: string
  now?: () => number
}): CallStatistics => {
  const counts = createMinuteCounts({ now, figuresForMs: shareEveryMs })
  const running = createRunningCalls({ now })
  const headrooms = createHeadroomBoard()

  let sharing: Promise<void> | null = null
  const shareOnce = async () => {
    counts.forgetOld()
    const taken = counts.take()
    if (redis === null) {
      counts.keep(taken)
      return
    }
    const place = { redis, worker, now, counts, running, headrooms }
    try {
      await writeStatistics(place, taken)
      await readStatistics(place)
    } catch {
      // Redis is away, which is said where it is noticed. What was counted stays here; it may be there, too.
      counts.keep(taken)
      running.hear([])
    }
  }
  const share = () => {
    sharing ??= shareOnce().finally(() => {
      sharing = null
    })
    return sharing
  }
  const timer = setInterval(() => void share(), shareEveryMs)

  return {
    begin: running.begin,
    add: counts.add,
    see: headrooms.see,
    figures: counts.figures,
    headroom: headrooms.of,
    callsInFlight: running.count,
    scopes: () => [...new Set([...counts.scopes(), ...running.scopes()])],
    stop: async () => {
      clearInterval(timer)
      await sharing
      // What it counted last would be missing in everybody's figures.
      await share()
    },
  }
}
