import { factServices } from '@maestro/contracts/bus/fact-endpoints'
import { anyEventSubject } from '@maestro/contracts/bus/subjects'
import type { Call } from '@maestro/service-kit/call'
import { consumeEvents } from '@maestro/service-kit/consume-events'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { serve } from '@maestro/service-kit/serve'
import { outlineOf } from '@maestro/task-model/outline-of'
import { createAnalyseTask } from './analytics/analyse-task.ts'
import { createHistoryFigures } from './analytics/history-figures.ts'
import { analyticsEndpoints } from './endpoints/analytics-endpoints.ts'
import { historyEndpoints } from './endpoints/history-endpoints.ts'
import { timelineEndpoints } from './endpoints/timeline-endpoints.ts'
import { createCatchUp } from './history/catch-up.ts'
import { startFillingFromFacts } from './history/fill-from-facts.ts'
import { startFillingFromTasks } from './history/fill-from-tasks.ts'
import { startGapFiller } from './history/gap-filler.ts'
import { createHistoryStore } from './history/history-store.ts'
import { createMarks } from './history/marks.ts'
import { readStreamAnew } from './history/read-stream-anew.ts'
import { createEventRecorder } from './history/record-events.ts'
import { createLogStore } from './logs/log-store.ts'
import { startRecordingLogs } from './logs/record-logs.ts'
import type { HistoryDays } from './retention/history-days.ts'
import { createPruningStore } from './retention/pruning-store.ts'
import { startPruning } from './retention/start-pruning.ts'
import { createSearchHistory } from './search/search-history.ts'
import { createSearchLogs } from './search/search-logs.ts'
import { foldNewest } from './states/fold-newest.ts'
import { createTaskFollower } from './states/follow-tasks.ts'
import { readModelVersion } from './states/model-version.ts'
import { createSnapshotKeeper } from './states/snapshot-keeper.ts'
import { createSnapshotStore, type SnapshotStore } from './states/snapshot-store.ts'
import { createStateAt } from './states/task-states.ts'
import { createKeptTicks } from './ticks/kept-ticks.ts'
import { createPackedTimeline } from './ticks/packed-timeline.ts'
import { createTaskTimeline } from './ticks/task-timeline.ts'

/** A fold of 200 events takes a few milliseconds; a snapshot more often would cost more room than time. */
const snapshotEvery = 200
const durable = 'timeline'
/** Who wants to know more at once asks where it happens: history is written in few commits while much happens. */
const writePaceMs = 50

/** The whole service on given connections: what `main` runs, and what tests run. */
export const startTimeline = async ({
  sql,
  reports,
  nats,
  call,
  log,
  days,
}: {
  sql: Sql
  /** For what reads many lines, see report-options.ts. */
  reports: Sql
  nats: NatsConnection
  call: Call
  log: Logger
  days: HistoryDays
}): Promise<{ stop: () => Promise<void> }> => {
  const history = createHistoryStore({ sql })
  const catchUp = createCatchUp({ history, call })
  const model = await readModelVersion()
  const keeperOf = (store: SnapshotStore) =>
    createSnapshotKeeper({ store, log, every: snapshotEvery })
  const outlineStore = createSnapshotStore({ sql, model, detail: 'outline' })
  await outlineStore.dropOthers()
  const outlines = keeperOf(outlineStore)
  const wholes = keeperOf(createSnapshotStore({ sql, model }))
  const states = {
    outline: createStateAt({ history, catchUp, snapshots: outlines, shape: outlineOf }),
    whole: createStateAt({ history, catchUp, snapshots: wholes }),
  }
  const ticksOf = createKeptTicks({ history, catchUp })
  const follower = createTaskFollower({
    follow: async (taskId, head) => {
      await states.outline(taskId, head)
      await ticksOf(taskId)
    },
    every: snapshotEvery,
    log,
  })

  await foldNewest({ history, follower, every: snapshotEvery, log })

  const marks = createMarks({ sql })
  await readStreamAnew({ nats, marks, log, durable })
  const gaps = startGapFiller({ history, catchUp, log })
  const consumer = await consumeEvents({
    nats,
    log,
    durable,
    filterSubject: anyEventSubject,
    paceMs: writePaceMs,
    handle: createEventRecorder({ history, onGap: gaps.wake, onHeads: follower.note }),
  })
  const fillings = [
    startFillingFromTasks({ marks, call, catchUp, log }),
    ...factServices.map((service) => startFillingFromFacts({ service, marks, call, history, log })),
  ]
  const prunings = createPruningStore({ sql })
  const logs = createLogStore({ sql, days: days.log })
  const recording = await startRecordingLogs({ nats, log, store: logs })
  const pruning = startPruning({ store: prunings, logs, days, log })
  const served = await serve({ nats, log, service: 'timeline', version: '0.1.0' }, [
    ...timelineEndpoints({
      states,
      timelineOf: createTaskTimeline({ ticksOf }),
      packedTimelineOf: createPackedTimeline({ ticksOf, snapshots: outlineStore }),
    }),
    ...analyticsEndpoints({
      analyseTask: createAnalyseTask({ sql: reports, history, catchUp }),
      figures: createHistoryFigures({ sql: reports }),
    }),
    ...historyEndpoints({
      search: createSearchHistory({ sql: reports, pruning: prunings }),
      searchLogLines: createSearchLogs({ sql: reports, store: logs }),
    }),
  ])

  return {
    stop: async () => {
      await served.stop()
      await Promise.all([consumer.stop(), recording.stop()])
      await Promise.all([gaps.stop(), pruning.stop(), follower.stop()])
      await Promise.all(fillings.map((filling) => filling.stop()))
      await Promise.all([outlines.idle(), wholes.idle()])
    },
  }
}
