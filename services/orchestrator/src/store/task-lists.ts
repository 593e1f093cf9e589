import { AppError } from '@maestro/contracts/errors'
import { type ApprovalId, TaskId } from '@maestro/contracts/ids'
import { ApprovalSummary, TaskSummary } from '@maestro/contracts/task/task-endpoints'
import type { TaskStatus } from '@maestro/contracts/task/task-status'
import type { Sql } from '@maestro/service-kit/database'
import { z } from 'zod'

export type TaskPage = { items: TaskSummary[]; nextCursor: string | null }

/** What lists show; written with the events, so that no list has to fold. */
export type TaskLists = {
  /** The newest first. @throws {AppError} `INVALID_INPUT` for a cursor that is not ours. */
  tasks: (query: {
    status: TaskStatus | null
    q: string | null
    cursor: string | null
    limit: number
  }) => Promise<TaskPage>
  /** Those of them that exist. */
  summaries: (taskIds: readonly TaskId[]) => Promise<TaskSummary[]>
  approvals: (query: { status: 'open' | 'all'; limit: number }) => Promise<ApprovalSummary[]>
  /** @throws {AppError} `NOT_FOUND`. */
  approval: (approvalId: ApprovalId) => Promise<ApprovalSummary>
}

/** The last item's age and id: what was created meanwhile does not move the pages that follow. */
const writeCursor = (createdAt: Date, taskId: string) =>
  Buffer.from(`${createdAt.toISOString()} ${taskId}`).toString('base64url')

const Cursor = z.tuple([z.iso.datetime(), TaskId])

const readCursor = (cursor: string): { createdAt: Date; taskId: TaskId } => {
  const read = Cursor.safeParse(Buffer.from(cursor, 'base64url').toString('utf8').split(' '))
  if (read.success) return { createdAt: new Date(read.data[0]), taskId: read.data[1] }
  throw new AppError('INVALID_INPUT', {
    field: 'cursor',
    reason: 'take it from nextCursor as it is',
  })
}

/** Words as a pattern that finds just them. NUL is in no goal that can be searched, and Postgres does not take it. */
const patternOf = (words: string) =>
  `%${words.replaceAll('\0', '').replace(/[\\%_]/g, (character) => `\\${character}`)}%`

export const createTaskLists = ({ sql }: { sql: Sql }): TaskLists => ({
  tasks: async ({ status, q, cursor, limit }) => {
    const from = cursor === null ? null : readCursor(cursor)
    const rows = await sql<{ taskId: string; summary: string; createdAt: Date }[]>`
      select task_id as "taskId", summary, created_at as "createdAt" from tasks
      where true
        ${status === null ? sql`` : sql`and status = ${status}`}
        ${q === null || q.trim() === '' ? sql`` : sql`and goal ilike ${patternOf(q.trim())}`}
        ${from === null ? sql`` : sql`and (created_at, task_id) < (${from.createdAt}, ${from.taskId})`}
      order by created_at desc, task_id desc limit ${limit + 1}`
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: page.map(({ summary }) => TaskSummary.parse(JSON.parse(summary))),
      nextCursor: rows.length > limit && last ? writeCursor(last.createdAt, last.taskId) : null,
    }
  },

  summaries: async (taskIds) => {
    const rows = await sql<{ summary: string }[]>`
      select summary from tasks where task_id = any(${[...taskIds]}::text[])`
    return rows.map(({ summary }) => TaskSummary.parse(JSON.parse(summary)))
  },

  approvals: async ({ status, limit }) => {
    const rows = await sql<{ body: string; head: number }[]>`
      select a.body, t.head from approvals a join tasks t on t.task_id = a.task_id
      ${status === 'open' ? sql`where a.status = 'open'` : sql``}
      order by a.expires_at limit ${limit}`
    return rows.map(({ body, head }) => ApprovalSummary.parse({ ...JSON.parse(body), seq: head }))
  },

  approval: async (approvalId) => {
    const [row] = await sql<{ body: string; head: number }[]>`
      select a.body, t.head from approvals a join tasks t on t.task_id = a.task_id
      where a.approval_id = ${approvalId}`
    if (!row) throw new AppError('NOT_FOUND', { kind: 'approval', approvalId })
    return ApprovalSummary.parse({ ...JSON.parse(row.body), seq: row.head })
  },
})
