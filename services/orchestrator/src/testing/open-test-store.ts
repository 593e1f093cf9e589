import { fileURLToPath } from 'node:url'
import { connectDatabase, migrateDatabase, type Sql } from '@maestro/service-kit/database'
import { createLogger } from '@maestro/service-kit/logger'
import { createPayloadStore } from '@maestro/service-kit/payload-store'
import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { type Committed, createCommandHandler } from '../command/command-handler.ts'
import { createOncePerKey } from '../command/once-per-key.ts'
import { createSnapshotKeeper } from '../command/snapshot-keeper.ts'
import { createTaskCache } from '../command/task-cache.ts'
import { databaseOptions } from '../database-options.ts'
import { createEffectStore } from '../reactor/effect-store.ts'
import { createCommit } from '../store/commit.ts'
import { createEventStore } from '../store/event-store.ts'
import { createSnapshotStore } from '../store/snapshot-store.ts'
import { createTaskLists } from '../store/task-lists.ts'

const migrations = fileURLToPath(new URL('../../drizzle', import.meta.url))

/** A database of its own, for any number of copies of what decides and stores. */
export const openTestStore = async () => {
  const database = await createTestDatabase()
  await migrateDatabase(database.url, migrations)
  const pools: Sql[] = []

  /** One more copy of the service, with connections of its own; by `url` through somebody who can cut them. */
  const openCopy = (
    name: string,
    {
      url = database.url,
      snapshotEvery = 500,
      model = 'the rules',
    }: { url?: string; snapshotEvery?: number; model?: string } = {},
  ) => {
    const sql = connectDatabase(url, databaseOptions)
    pools.push(sql)
    const owner = `${name}-${pools.length}`
    const committed: Committed[] = []
    const listeners: ((news: Committed) => void)[] = []
    const doubts: Date[] = []
    const events = createEventStore({ sql })
    const payloads = createPayloadStore({ sql, service: 'orchestrator' })
    const snapshots = createSnapshotKeeper({
      store: createSnapshotStore({ sql, model }),
      log: createLogger({ service: 'orchestrator', copy: name, level: 'silent' }),
      every: snapshotEvery,
    })
    const cache = createTaskCache({ events, snapshots })
    const commands = createCommandHandler({
      cache,
      commit: createCommit({ sql, payloads, owner }),
      onCommitted: (news) => {
        committed.push(news)
        for (const listen of listeners) listen(news)
      },
      onDoubt: () => doubts.push(new Date()),
    })
    return {
      sql,
      url,
      owner,
      events,
      payloads,
      cache,
      snapshots,
      commands,
      committed,
      /** Hears of everything that is committed from now on. */
      onCommitted: (listen: (news: Committed) => void) => void listeners.push(listen),
      doubts,
      oncePerKey: createOncePerKey({ sql, commands }),
      lists: createTaskLists({ sql }),
      effects: createEffectStore({ sql, owner, copyName: name }),
    }
  }

  return {
    url: database.url,
    openCopy,
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end({ timeout: 1 })))
      await database.drop()
    },
  }
}

export type TestStore = Awaited<ReturnType<typeof openTestStore>>
export type TestCopy = ReturnType<TestStore['openCopy']>
