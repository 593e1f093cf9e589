import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { createSignal } from '@maestro/service-kit/signal'
import type { CatchUp } from './catch-up.ts'
import type { HistoryStore } from './history-store.ts'

/** Gaps of one look; the next ones come right after them. */
const gapsPerLookMax = 50
/** Another copy may be about to write what seems to be missing, or it is on its way again. */
const patienceMs = 500
/** Gaps that could not be filled are tried again. */
const sweepEveryMs = 30_000

export type GapFiller = {
  /** Something is missing. */
  wake: () => void
  stop: () => Promise<void>
}

/** Fetches events that the stream did not bring. What is missing stands in the tables, so that no crash forgets it. */
export const startGapFiller = ({
  history,
  catchUp,
  log,
}: {
  history: HistoryStore
  catchUp: CatchUp
  log: Logger
}): GapFiller => {
  const fetching = createOutageLog({
    log,
    away: 'missing events could not be fetched',
    back: 'missing events are fetched again',
  })
  const looking = createOutageLog({
    log,
    away: 'missing events could not be looked for',
    back: 'missing events are looked for again',
  })
  const signal = createSignal()
  let stopped = false

  const fillAll = async () => {
    for (let after = ''; !stopped;) {
      const gaps = await history.gaps(after, gapsPerLookMax)
      for (const { taskId, seen } of gaps) {
        if (stopped) return
        try {
          await catchUp(taskId, seen)
          fetching.worked()
        } catch (error) {
          fetching.failed(error, { taskId })
        }
      }
      const last = gaps.at(-1)
      if (!last || gaps.length < gapsPerLookMax) return
      after = last.taskId
    }
  }

  const run = async () => {
    while (!stopped) {
      try {
        await fillAll()
        looking.worked()
      } catch (error) {
        looking.failed(error)
      }
      await signal.wait(sweepEveryMs)
      if (!stopped) await pause(patienceMs)
    }
  }
  let endPause = () => {}
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const running = run()

  return {
    wake: signal.raise,
    stop: async () => {
      stopped = true
      signal.raise()
      endPause()
      await running
    },
  }
}
