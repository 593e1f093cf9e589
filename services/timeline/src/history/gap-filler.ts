import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { type Loop, startLoop } from '@maestro/service-kit/start-loop'
import type { CatchUp } from './catch-up.ts'
import type { HistoryStore } from './history-store.ts'

/** Gaps of one look; the next ones come right after them. */
const gapsPerLookMax = 50
/** Another copy may be about to write what seems to be missing, or it is on its way again. */
const patienceMs = 500
/** Gaps that could not be filled are tried again. */
const sweepEveryMs = 30_000

/** Fetches events that the stream did not bring; woken when something is missing. What is missing stands in the tables, so that no crash forgets it. */
export const startGapFiller = ({
  history,
  catchUp,
  log,
}: {
  history: HistoryStore
  catchUp: CatchUp
  log: Logger
}): Loop => {
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
  const fillAll = async (isStopped: () => boolean) => {
    for (let after = ''; !isStopped();) {
      const gaps = await history.gaps(after, gapsPerLookMax)
      for (const { taskId, seen } of gaps) {
        if (isStopped()) return
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

  return startLoop({ work: fillAll, restMs: sweepEveryMs, patienceMs, outage: looking })
}
