import type { Actor } from '@maestro/contracts/actor'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import { sha256Of } from '../sha256-of.ts'
import type { CommandKey } from '../store/change.ts'

/** Keys belong to who made them: two people may have thought of the same one. */
export const keyOf = ({ kind, id }: Actor, key: string): string => sha256Of(`${kind}:${id} ${key}`)

/** What was done under a key before, and where that stands. @throws {AppError} `IDEMPOTENCY_CONFLICT` when it was something else. */
export const doneUnder = async (
  sql: Sql,
  { key, requestHash }: CommandKey,
): Promise<{ taskId: TaskId; seq: number } | null> => {
  const [row] = await sql<{ requestHash: string; taskId: TaskId; seq: number }[]>`
    select request_hash as "requestHash", task_id as "taskId", seq from command_keys where key = ${key}`
  if (!row) return null
  if (row.requestHash !== requestHash) throw new AppError('IDEMPOTENCY_CONFLICT')
  return { taskId: row.taskId, seq: row.seq }
}
