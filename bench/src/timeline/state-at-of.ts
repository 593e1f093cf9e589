import { createLogger } from '@maestro/service-kit/logger'
import type { Call } from '@maestro/service-kit/call'
import type { Sql } from '@maestro/service-kit/database'
import { createCatchUp } from '../../../services/timeline/src/history/catch-up.ts'
import { createHistoryStore } from '../../../services/timeline/src/history/history-store.ts'
import { createSnapshotKeeper } from '../../../services/timeline/src/states/snapshot-keeper.ts'
import { createSnapshotStore } from '../../../services/timeline/src/states/snapshot-store.ts'
import { readModelVersion } from '../../../services/timeline/src/states/model-version.ts'
import { createStateAt } from '../../../services/timeline/src/states/task-states.ts'

/** What the timeline does to find a state, without the answer's way over the bus. */
export const stateAtOf = async ({ sql, call }: { sql: Sql; call: Call }) => {
  const history = createHistoryStore({ sql })
  const log = createLogger({ service: 'bench', copy: 'bench', level: 'warn' })
  const store = createSnapshotStore({ sql, model: await readModelVersion() })
  const snapshots = createSnapshotKeeper({ store, log, every: 200 })
  return createStateAt({ history, snapshots, catchUp: createCatchUp({ history, call }) })
}
