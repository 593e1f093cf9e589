import postgres from 'postgres'

const runMs = 2_000

/** The yardstick: durable one-row transactions of one connection, one after the other, on the server under test. */
export const commitsPerSecond = async (postgresUrl: string): Promise<number> => {
  const sql = postgres(postgresUrl, { max: 1, onnotice: () => undefined })
  await sql`create table if not exists bench_rows (id bigserial primary key, note text)`
  const startedAt = performance.now()
  let commits = 0
  while (performance.now() - startedAt < runMs) {
    await sql`insert into bench_rows (note) values ('x')`
    commits += 1
  }
  const perSecond = (commits * 1_000) / (performance.now() - startedAt)
  await sql`drop table bench_rows`
  await sql.end()
  return perSecond
}
