import type { Actor } from '@maestro/contracts/actor'
import { AppError } from '@maestro/contracts/errors'
import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import { RecoveryVersion } from '@maestro/contracts/llm/recovery-endpoints'
import { RecoveryStrategies } from '@maestro/contracts/llm/recovery-strategy'
import type { Sql } from '@maestro/service-kit/database'
import { defaultStrategies } from './default-strategies.ts'

export type KnownStrategies = { version: number; strategies: RecoveryStrategies }

type NewVersion = {
  /** Of the version that it was made from. */
  after: number
  strategies: RecoveryStrategies
  failureClass: FailureClass | null
  author: Actor
}

type VersionRow = {
  version: number
  strategies: unknown
  failureClass: string | null
  author: unknown
  at: Date
}

const shipped: Actor = { kind: 'service', id: 'llm-router' }

/** What ships becomes version 1 where there is none: a later release must not rewrite what calls were decided by. */
export const putFirstVersion = async (sql: Sql): Promise<void> => {
  await sql`
    insert into recovery_versions (version, strategies, author)
    values (1, ${JSON.stringify(defaultStrategies)}::text::jsonb, ${JSON.stringify(shipped)}::text::jsonb)
    on conflict (version) do nothing`
}

/** Null: nothing is newer than `known`. */
export const readNewestVersion = async (
  sql: Sql,
  known: number,
): Promise<KnownStrategies | null> => {
  const [row] = await sql<{ version: number; strategies: unknown }[]>`
    select version, strategies from recovery_versions where version > ${known}
    order by version desc limit 1`
  return row === undefined
    ? null
    : { version: row.version, strategies: readStrategies(row.strategies) }
}

/** @throws {AppError} `VERSION_CONFLICT` when somebody else made the next version first. */
export const addVersion = async (
  sql: Sql,
  { after, strategies, failureClass, author }: NewVersion,
): Promise<RecoveryVersion> => {
  const [row] = await sql<VersionRow[]>`
    insert into recovery_versions (version, strategies, failure_class, author)
    values (${after + 1}, ${JSON.stringify(strategies)}::text::jsonb, ${failureClass},
      ${JSON.stringify(author)}::text::jsonb)
    on conflict (version) do nothing
    returning version, strategies, failure_class as "failureClass", author, created_at as at`
  if (row === undefined) throw new AppError('VERSION_CONFLICT', { version: after + 1 })
  return toVersion(row)
}

/** The newest first. */
export const readVersions = async (
  sql: Sql,
  { before, limit }: { before: number | null; limit: number },
): Promise<readonly RecoveryVersion[]> => {
  const rows = await sql<VersionRow[]>`
    select version, strategies, failure_class as "failureClass", author, created_at as at
    from recovery_versions where ${before}::int is null or version < ${before}::int
    order by version desc limit ${limit}`
  return rows.map(toVersion)
}

/** A class that is younger than the version does what ships. */
const readStrategies = (stored: unknown): RecoveryStrategies =>
  RecoveryStrategies.parse({ ...defaultStrategies, ...Object(stored) })

const toVersion = ({ version, strategies, failureClass, author, at }: VersionRow) => {
  const ofClass = RecoveryVersion.shape.failureClass.parse(failureClass)
  return RecoveryVersion.parse({
    version,
    author,
    at: at.toISOString(),
    failureClass: ofClass,
    strategy: ofClass === null ? null : readStrategies(strategies)[ofClass],
  })
}
