import type { Sql } from '@maestro/service-kit/database'
import type { CommandKey } from '../store/change.ts'
import { doneUnder, keyOf } from './command-keys.ts'
import type { CommandHandler, CommandRequest } from './command-handler.ts'
import { sha256Of } from '../sha256-of.ts'

/** A day: longer than any client tries a command again. */
const keyAgeMsMax = 24 * 3_600_000

export type OncePerKey = {
  /**
   * Carries a command out once per idempotency key of its actor; the same key again gets the same position.
   * @throws {AppError} `IDEMPOTENCY_CONFLICT` when the key was used for another command.
   */
  handle: (
    request: Omit<CommandRequest, 'key'> & { key: string | null },
  ) => Promise<{ seq: number }>
  sweep: () => Promise<void>
}

export const createOncePerKey = ({
  sql,
  commands,
}: {
  sql: Sql
  commands: CommandHandler
}): OncePerKey => {
  const find = async (key: CommandKey) => {
    const done = await doneUnder(sql, key)
    return done === null ? null : seqOf(done)
  }
  return {
    handle: async (request) => {
      if (request.key === null) return seqOf(await commands.handle({ ...request, key: null }))
      const key = commandKeyOf(request.key, request)
      const done = await find(key)
      if (done) return done
      try {
        return seqOf(await commands.handle({ ...request, key }))
      } catch (error) {
        // Its twin was faster and has written the key, or has changed what the rules allow.
        const twin = await find(key)
        if (twin) return twin
        throw error
      }
    },
    sweep: async () => {
      await sql`delete from command_keys where created_at < ${new Date(Date.now() - keyAgeMsMax)}`
    },
  }
}

const seqOf = ({ seq }: { seq: number }) => ({ seq })

const commandKeyOf = (
  key: string,
  { taskId, command, expectedSeq }: Omit<CommandRequest, 'key'>,
): CommandKey => {
  const { at: _at, actor, ...asked } = command
  return {
    key: keyOf(actor, key),
    requestHash: sha256Of(JSON.stringify({ taskId, asked, expectedSeq })),
  }
}
