import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'

/** The tasks that wait for a budget, in pages by their ids. */
export type TasksWithoutMoney = (query: {
  budgetId: string
  /** The last id of the page before; null: from the beginning. */
  after: TaskId | null
  limit: number
}) => Promise<readonly TaskId[]>

export const createTasksWithoutMoney =
  ({ sql }: { sql: Sql }): TasksWithoutMoney =>
  async ({ budgetId, after, limit }) => {
    const rows = await sql<{ taskId: TaskId }[]>`
      select task_id as "taskId" from tasks
      where waits_for_budget = ${budgetId} and task_id > ${after ?? ''}
      order by task_id limit ${limit}`
    return rows.map(({ taskId }) => taskId)
  }
