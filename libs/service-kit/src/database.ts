import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

export type Sql = postgres.Sql
export type Transaction = postgres.TransactionSql

/** Connections of one copy. Few: statements are grouped, so that more would only wait for the same disk. */
const connectionsMax = 8

export const connectDatabase = (url: string, options: { connectionsMax?: number } = {}): Sql =>
  postgres(url, {
    max: options.connectionsMax ?? connectionsMax,
    connect_timeout: 10,
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

/** Brings the database to the newest schema. Copies that start together take turns. */
export const migrateDatabase = async (url: string, folder: string): Promise<void> => {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(${migrationLock})`
    await migrate(drizzle(sql), { migrationsFolder: folder })
  } finally {
    await sql.end({ timeout: 5 })
  }
}
