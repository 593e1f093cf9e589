import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import type { CommandHandler, CommandRequest } from './command-handler.ts'

/** A day: longer than any client tries a command again. */
const keyAgeMsMax = 24 * 3_600_000

export type OncePerKey = {
  /** Carries a command out once per idempotency key; the same key again gets the same position. @throws {AppError} */
  handle: (request: CommandRequest & { key: string | null }) => Promise<{ seq: number }>
  sweep: () => Promise<void>
}

export const createOncePerKey = ({
  sql,
  commands,
}: {
  sql: Sql
  commands: CommandHandler
}): OncePerKey => {
  const find = async (key: string | null, taskId: TaskId): Promise<{ seq: number } | null> => {
    if (key === null) return null
    const [row] = await sql<{ taskId: string; seq: number }[]>`
      select task_id as "taskId", seq from command_keys where key = ${key}`
    if (!row) return null
    if (row.taskId !== taskId) throw new AppError('IDEMPOTENCY_CONFLICT', { taskId: row.taskId })
    return { seq: row.seq }
  }
  return {
    handle: async (request) => {
      const done = await find(request.key, request.taskId)
      if (done) return done
      try {
        const { seq } = await commands.handle(request)
        return { seq }
      } catch (error) {
        // Its twin was faster and has written the key, or has changed what the rules allow.
        const twin = await find(request.key, request.taskId)
        if (twin) return twin
        throw error
      }
    },
    sweep: async () => {
      await sql`delete from command_keys where created_at < ${new Date(Date.now() - keyAgeMsMax)}`
    },
  }
}
