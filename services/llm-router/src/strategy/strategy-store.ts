import type { Actor } from '@maestro/contracts/actor'
import { AppError } from '@maestro/contracts/errors'
import { defaultStrategy, type SystemStrategy } from '@maestro/contracts/llm/call-strategy'
import { StrategyVersion } from '@maestro/contracts/llm/strategy-endpoints'
import type { Sql } from '@maestro/service-kit/database'

type NewVersion = {
  /** Of the version that it replaces. */
  after: number
  strategy: SystemStrategy
  author: Actor
}

type VersionRow = { version: number; strategy: unknown; author: unknown; at: Date }

const shipped: Actor = { kind: 'service', id: 'llm-router' }

/** What ships becomes version 1 where there is none: a later release must not change what people see and use. */
export const putFirstStrategy = async (sql: Sql): Promise<void> => {
  await insertVersion(sql, { after: 0, strategy: defaultStrategy, author: shipped })
}

/** Null: nothing is newer than `known`. */
export const readNewestStrategy = async (
  sql: Sql,
  known: number,
): Promise<StrategyVersion | null> => {
  const [row] = await sql<VersionRow[]>`
    select version, strategy, author, created_at as at from strategy_versions
    where version > ${known} order by version desc limit 1`
  return row === undefined ? null : toVersion(row)
}

/** @throws {AppError} `VERSION_CONFLICT` when somebody else made the next version first. */
export const addStrategy = async (sql: Sql, made: NewVersion): Promise<StrategyVersion> => {
  const version = await insertVersion(sql, made)
  if (version === null) throw new AppError('VERSION_CONFLICT', { version: made.after + 1 })
  return version
}

const insertVersion = async (sql: Sql, { after, strategy, author }: NewVersion) => {
  const [row] = await sql<VersionRow[]>`
    insert into strategy_versions (version, strategy, author)
    values (${after + 1}, ${JSON.stringify(strategy)}::text::jsonb, ${JSON.stringify(author)}::text::jsonb)
    on conflict (version) do nothing
    returning version, strategy, author, created_at as at`
  return row === undefined ? null : toVersion(row)
}

const toVersion = ({ at, ...row }: VersionRow) =>
  StrategyVersion.parse({ ...row, at: at.toISOString() })
