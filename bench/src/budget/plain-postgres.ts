import postgres from 'postgres'
import { closedLoop, type LoadFigures } from './closed-loop.ts'

const runs = { clients: 64, runMs: 5_000 }
const limit = 9_000_000_000_000_000
const held = 907_200

/**
 * What one would write without thinking further: the same decision on four levels with one hot among
 * them, a connection for each client, each request by itself, committed as durably.
 */
export const measurePlainPostgres = async (
  postgresUrl: string,
): Promise<{ fourUpdates: LoadFigures; oneStatement: LoadFigures }> => {
  const sql = postgres(postgresUrl, { max: runs.clients, onnotice: () => undefined })
  try {
    await sql`
      create table plain_levels (level_id text primary key, limit_amount bigint not null,
        settled bigint not null default 0, reserved bigint not null default 0)`
    await sql`
      create table plain_reservations (attempt_id text primary key, level_ids text[] not null,
        held bigint not null)`
    const levelsOf = (client: number) => [
      'global',
      `user-${client % 8}`,
      `task-${client % 32}`,
      `agent-${client}`,
    ]
    const all = Array.from({ length: runs.clients }, (_, client) => levelsOf(client)).flat()
    await sql`
      insert into plain_levels (level_id, limit_amount)
      select distinct level_id, ${limit}::bigint from unnest(${all}::text[]) as level (level_id)`

    const fourUpdates = await closedLoop({
      ...runs,
      ask: async (client, number) => {
        await sql.begin(async (transaction) => {
          for (const levelId of levelsOf(client)) {
            const rows = await transaction`
              update plain_levels set reserved = reserved + ${held}
              where level_id = ${levelId} and settled + reserved + ${held} <= limit_amount
              returning 1`
            if (rows.length === 0) throw new Error('refused')
          }
          await transaction`
            insert into plain_reservations (attempt_id, level_ids, held)
            values (${`four-${client}-${number}`}, ${levelsOf(client)}, ${held})`
        })
      },
    })
    const oneStatement = await closedLoop({
      ...runs,
      ask: async (client, number) => {
        const levelIds = levelsOf(client)
        await sql`
          with locked as (
            select level_id, settled + reserved + ${held} <= limit_amount as fits
            from plain_levels where level_id = any(${levelIds}) order by level_id for update
          ), verdict as (select bool_and(fits) as fits from locked),
          moved as (
            update plain_levels as level set reserved = reserved + ${held}
            from locked, verdict where level.level_id = locked.level_id and verdict.fits
          )
          insert into plain_reservations (attempt_id, level_ids, held)
          select ${`one-${client}-${number}`}, ${levelIds}::text[], ${held}
          from verdict where fits`
      },
    })
    return { fourUpdates, oneStatement }
  } finally {
    await sql.end()
  }
}
