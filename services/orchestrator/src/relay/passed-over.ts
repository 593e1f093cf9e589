import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'

/** Of one look. */
const tasksMax = 100
const prefix = 'unreadable:'

/**
 * Tasks whose events could not be read when they should have been published, and up to which event. They stand among
 * the marks of the relay: a row may be repaired, or a newer version may come that reads it, long after the relay went on.
 */
export type PassedOver = {
  note: (taskId: TaskId, head: number) => Promise<void>
  list: () => Promise<ReadonlyMap<TaskId, number>>
  /** Unless it was noted up to a later event meanwhile. */
  forget: (taskId: TaskId, head: number) => Promise<void>
}

export const createPassedOver = ({ sql }: { sql: Sql }): PassedOver => ({
  note: async (taskId, head) => {
    await sql`
      insert into relay_marks (name, value) values (${prefix + taskId}, ${String(head)})
      on conflict (name) do update
      set value = greatest(relay_marks.value::int, excluded.value::int)::text`
  },
  list: async () => {
    const rows = await sql<{ name: string; value: string }[]>`
      select name, value from relay_marks where starts_with(name, ${prefix})
      order by name limit ${tasksMax}`
    return new Map(
      rows.map(({ name, value }) => [name.slice(prefix.length) as TaskId, Number(value)]),
    )
  },
  forget: async (taskId, head) => {
    await sql`delete from relay_marks where name = ${prefix + taskId} and value = ${String(head)}`
  },
})
