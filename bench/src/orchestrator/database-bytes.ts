import type postgres from 'postgres'

/** What these databases take on disk, after everything in memory was written. */
export const databaseBytes = async (
  admin: postgres.Sql,
  names: readonly string[],
): Promise<number> => {
  await admin`checkpoint`
  const [row] = await admin<{ bytes: number }[]>`
    select sum(pg_database_size(datname))::float8 as bytes from pg_database
    where datname = any(${[...names]}::text[])`
  return row?.bytes ?? 0
}
