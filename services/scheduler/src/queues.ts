import type { Sql } from '@maestro/service-kit/database'

export const defaultQueue = 'default'
const defaultSlotsMax = 16

/** The queue that is there from the first start. */
export const ensureDefaultQueue = async (sql: Sql, slotsMax: number | undefined): Promise<void> => {
  await sql`
    insert into queues (name, slots_max) values (${defaultQueue}, ${slotsMax ?? defaultSlotsMax})
    on conflict (name) do nothing`
  if (slotsMax !== undefined)
    await sql`update queues set slots_max = ${slotsMax} where name = ${defaultQueue}`
}

export const queueNames = async (sql: Sql): Promise<readonly string[]> => {
  const rows = await sql<{ name: string }[]>`select name from queues order by name`
  return rows.map(({ name }) => name)
}
