import { anyTaskEventSubject } from '@maestro/contracts/bus/subjects'
import type { Call } from '@maestro/service-kit/call'
import { consumeEvents } from '@maestro/service-kit/consume-events'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { serve } from '@maestro/service-kit/serve'
import { createCatchUp } from './catch-up.ts'
import { timelineEndpoints } from './endpoints.ts'
import { startGapFiller } from './gap-filler.ts'
import { createHistoryStore } from './history-store.ts'
import { readModelVersion } from './model-version.ts'
import { createEventRecorder } from './record-events.ts'
import { createSnapshotKeeper } from './snapshot-keeper.ts'
import { createSnapshotStore } from './snapshot-store.ts'
import { createStateAt } from './task-states.ts'
import { createTaskTimeline } from './task-timeline.ts'

/** A fold of 200 events takes a few milliseconds; a snapshot more often would cost more room than time. */
const snapshotEvery = 200

/** The whole service on given connections: what `main` runs, and what tests run. */
export const startTimeline = async ({
  sql,
  nats,
  call,
  log,
}: {
  sql: Sql
  nats: NatsConnection
  call: Call
  log: Logger
}): Promise<{ stop: () => Promise<void> }> => {
  const history = createHistoryStore({ sql })
  const catchUp = createCatchUp({ history, call })
  const store = createSnapshotStore({ sql, model: await readModelVersion() })
  await store.dropOthers()
  const snapshots = createSnapshotKeeper({ store, log, every: snapshotEvery })

  const gaps = startGapFiller({ history, catchUp, log })
  const consumer = await consumeEvents({
    nats,
    log,
    durable: 'timeline',
    filterSubject: anyTaskEventSubject,
    handle: createEventRecorder({ history, onGap: gaps.wake }),
  })
  const served = await serve(
    { nats, log, service: 'timeline', version: '0.1.0' },
    timelineEndpoints({
      stateAt: createStateAt({ history, catchUp, snapshots }),
      timelineOf: createTaskTimeline({ history, catchUp }),
    }),
  )

  return {
    stop: async () => {
      await served.stop()
      await consumer.stop()
      await gaps.stop()
      await snapshots.idle()
    },
  }
}
