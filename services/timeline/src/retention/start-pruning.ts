import type { FactKind } from '@maestro/contracts/bus/subjects'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { startLoop } from '@maestro/service-kit/start-loop'
import type { LogStore } from '../logs/log-store.ts'
import type { HistoryDays } from './history-days.ts'
import type { PruningStore } from './pruning-store.ts'

const dayMs = 86_400_000
const pruneEveryMs = 3_600_000
const factKinds: readonly FactKind[] = ['budget', 'queue', 'provider', 'template', 'system']

/** Removes what was kept for its time, now and every hour. Several copies may: they take different tasks. */
export const startPruning = ({
  store,
  logs,
  days,
  log,
}: {
  store: PruningStore
  logs: Pick<LogStore, 'prune'>
  days: HistoryDays
  log: Logger
}): { stop: () => Promise<void> } => {
  const pruning = createOutageLog({
    log,
    away: 'old events and log lines could not be removed',
    back: 'old events and log lines are removed again',
  })
  const pruneAll = async (isStopped: () => boolean) => {
    const nowMs = Date.now()
    const before = (kind: keyof HistoryDays) => nowMs - days[kind] * dayMs
    await logs.prune(nowMs)
    while (!isStopped() && (await store.pruneTasks(before('task'), nowMs)));
    for (const kind of factKinds) {
      while (!isStopped() && (await store.pruneFacts(kind, before(kind))));
    }
  }
  return startLoop({ work: pruneAll, restMs: pruneEveryMs, outage: pruning })
}
