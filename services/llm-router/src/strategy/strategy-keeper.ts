import type { Actor } from '@maestro/contracts/actor'
import type { SystemStrategy } from '@maestro/contracts/llm/call-strategy'
import type { StrategyVersion } from '@maestro/contracts/llm/strategy-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { startVersionKeeper, type VersionKeeper } from '../versions/version-keeper.ts'
import { addStrategy, putFirstStrategy, readNewestStrategy } from './strategy-store.ts'

/** The system's strategy. */
export type StrategyKeeper = Pick<VersionKeeper<StrategyVersion>, 'current' | 'newest' | 'stop'> & {
  /** @throws {AppError} `VERSION_CONFLICT`. */
  set: (change: {
    strategy: SystemStrategy
    expectedVersion: number | null
    author: Actor
  }) => Promise<StrategyVersion>
}

/** @throws when the database is away. */
export const startStrategyKeeper = async ({
  sql,
  log,
}: {
  sql: Sql
  log: Logger
}): Promise<StrategyKeeper> => {
  await putFirstStrategy(sql)
  const { current, newest, change, stop } = await startVersionKeeper({
    readNewer: (version) => readNewestStrategy(sql, version),
    log,
    away: 'the strategy may be old',
    back: 'the strategy is known again',
  })
  return {
    current,
    newest,
    set: ({ strategy, expectedVersion, author }) =>
      change(expectedVersion, ({ version: after }) =>
        addStrategy(sql, { after, strategy, author }),
      ),
    stop,
  }
}
