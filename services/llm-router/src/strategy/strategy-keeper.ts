import type { Actor } from '@maestro/contracts/actor'
import { AppError } from '@maestro/contracts/errors'
import { defaultStrategy, type SystemStrategy } from '@maestro/contracts/llm/call-strategy'
import { StrategyVersion } from '@maestro/contracts/llm/strategy-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'

/** How late a worker may learn what was changed at another one. */
const lookEveryMs = 1_000

/** The system's strategy, at this worker as new as at all others. */
export type StrategyKeeper = {
  current: () => StrategyVersion
  /** @throws {AppError} `UNAVAILABLE`. */
  newest: () => Promise<StrategyVersion>
  /** @throws {AppError} `VERSION_CONFLICT`. */
  set: (change: {
    strategy: SystemStrategy
    expectedVersion: number | null
    author: Actor
  }) => Promise<StrategyVersion>
  stop: () => void
}

const shipped: Actor = { kind: 'service', id: 'llm-router' }

/** @throws when the database is away. */
export const startStrategyKeeper = async ({
  sql,
  log,
}: {
  sql: Sql
  log: Logger
}): Promise<StrategyKeeper> => {
  const outage = createOutageLog({
    log,
    away: 'the strategy may be old',
    back: 'the strategy is known again',
  })
  const read = async (): Promise<StrategyVersion> => {
    const [row] = await sql<VersionRow[]>`
      select version, strategy, author, created_at as at from strategy_versions
      order by version desc limit 1`
    if (row === undefined) throw new Error('the first version of the strategy is missing')
    return toVersion(row)
  }
  const add = async (version: number, strategy: SystemStrategy, author: Actor) => {
    const [row] = await sql<VersionRow[]>`
      insert into strategy_versions (version, strategy, author)
      values (${version}, ${JSON.stringify(strategy)}::text::jsonb, ${JSON.stringify(author)}::text::jsonb)
      on conflict (version) do nothing
      returning version, strategy, author, created_at as at`
    return row === undefined ? null : toVersion(row)
  }
  // What ships becomes version 1 where there is none: a later release must not change what people see and use.
  await add(1, defaultStrategy, shipped)
  let known = await read()
  const keep = (found: StrategyVersion) => {
    // A slow look must not bring back what a change has replaced meanwhile.
    if (found.version > known.version) known = found
    return known
  }
  const look = async () => keep(await read())
  let isLooking = false
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    look()
      .then(outage.worked, outage.failed)
      .finally(() => {
        isLooking = false
      })
  }, lookEveryMs)

  return {
    current: () => known,
    newest: async () => {
      try {
        return await look()
      } catch (error) {
        throw asDatabaseOutage(error)
      }
    },
    set: async ({ strategy, expectedVersion, author }) => {
      try {
        const { version } = await look()
        if (expectedVersion !== null && expectedVersion !== version)
          throw new AppError('VERSION_CONFLICT', { version, expectedVersion })
        const made = await add(version + 1, strategy, author)
        if (made === null) throw new AppError('VERSION_CONFLICT', { version: version + 1 })
        return keep(made)
      } catch (error) {
        throw asDatabaseOutage(error)
      }
    },
    stop: () => clearInterval(timer),
  }
}

type VersionRow = { version: number; strategy: unknown; author: unknown; at: Date }

const toVersion = ({ at, ...row }: VersionRow) =>
  StrategyVersion.parse({ ...row, at: at.toISOString() })
