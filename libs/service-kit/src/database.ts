import { readMigrationFiles } from 'drizzle-orm/migrator'
import type Postgres from 'postgres'
import { postgres } from './postgres.ts'

export type Sql = Postgres.Sql
export type Transaction = Postgres.TransactionSql
/** A part of a statement, put into another one with `${…}`; it must not be awaited. */
export type Fragment = Postgres.Fragment

/** Connections of one copy. Few: statements are grouped, so that more would only wait for the same disk. */
const connectionsMax = 8

export type DatabaseOptions = {
  connectionsMax?: number
  /** Postgres settings of every connection, such as `lock_timeout`. */
  settings?: Readonly<Record<string, string | number>>
}

/** Seconds until a lost connection is tried again. The driver's own wait grows to twenty: too long after an outage. */
export const reconnectSeconds = (retries: number): number => Math.min(0.05 * 2 ** retries, 1)

export const connectDatabase = (url: string, options: DatabaseOptions = {}): Sql =>
  postgres(url, {
    max: options.connectionsMax ?? connectionsMax,
    connection: { ...options.settings },
    connect_timeout: 10,
    backoff: reconnectSeconds,
    idle_timeout: 60,
    onnotice: () => {},
    types: { bigint: postgresBigInt },
  })

// Counters and money are below 2^53 by contract: they are numbers on our side.
const postgresBigInt = {
  to: 20,
  from: [20],
  serialize: (value: number | bigint) => value.toString(),
  parse: (text: string) => Number(text),
}

/** A number that no other advisory lock of ours uses. */
const migrationLock = 7_301_001

/**
 * Brings the database to the newest schema. Copies that start together take turns. It keeps Drizzle's
 * own record of what was applied; its session layer is not loaded for it, because that would cost every
 * service 130 MiB of memory for one moment of its life.
 */
export const migrateDatabase = async (url: string, folder: string): Promise<void> => {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${migrationLock})`
    await sql`create schema if not exists drizzle`
    await sql`
      create table if not exists drizzle.__drizzle_migrations (
        id serial primary key, hash text not null, created_at bigint)`
    const [newest] = await sql<{ madeAtMs: string | null }[]>`
      select max(created_at) as "madeAtMs" from drizzle.__drizzle_migrations`
    const appliedUntilMs = Number(newest?.madeAtMs ?? 0)
    await sql.begin(async (transaction) => {
      for (const migration of readMigrationFiles({ migrationsFolder: folder })) {
        if (migration.folderMillis <= appliedUntilMs) continue
        for (const statement of migration.sql) await transaction.unsafe(statement)
        await transaction`
          insert into drizzle.__drizzle_migrations (hash, created_at)
          values (${migration.hash}, ${migration.folderMillis})`
      }
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}
