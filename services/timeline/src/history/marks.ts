import type { FactService } from '@maestro/contracts/bus/fact-endpoints'
import type { Sql } from '@maestro/service-kit/database'

/**
 * `stream`: the events of the stream come from its beginning. `tasks`: every task that the
 * orchestrator knew was read. `facts-…`: so was the outbox of that service. They are lost with the
 * database, and then done again.
 */
export type Mark = 'stream' | 'tasks' | `facts-${FactService}`

export type Marks = {
  has: (mark: Mark) => Promise<boolean>
  set: (mark: Mark) => Promise<void>
}

export const createMarks = ({ sql }: { sql: Sql }): Marks => ({
  has: async (mark) => (await sql`select 1 from marks where name = ${mark}`).length > 0,
  set: async (mark) => {
    await sql`insert into marks (name) values (${mark}) on conflict do nothing`
  },
})
