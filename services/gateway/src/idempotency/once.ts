import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { newTaskId } from '@maestro/service-kit/new-id'
import { fromErrorBody, toAppError } from '@maestro/service-kit/wire-error'
import { setTimeout as delay } from 'node:timers/promises'
import type { ClaimStore, KeyedRequest, StoredAnswer } from './claim-store.ts'

/** How long a twin waits for the one that came first; below the patience of most clients. */
const twinWaitMsMax = 20_000
const pollMs = 50

/**
 * Carries out a request once per key.
 * K1: the same key again gets the same answer, a rejection included.
 * K2: the key with another request is refused.
 * K3: a twin waits for the first one, within a bound.
 * K4: what failed for a passing reason is tried again under the same task id.
 */
export type Once = (
  request: KeyedRequest,
  execute: (taskId: TaskId) => Promise<StoredAnswer>,
) => Promise<StoredAnswer & { repeated: boolean }>

export const createOnce = ({ claims }: { claims: ClaimStore }): Once => {
  const run = async (
    { actor, key }: KeyedRequest,
    claim: number,
    taskId: TaskId,
    execute: (taskId: TaskId) => Promise<StoredAnswer>,
  ) => {
    try {
      const answer = await execute(taskId)
      await claims.answer(actor, key, claim, answer)
      return { ...answer, repeated: false }
    } catch (cause) {
      const error = toAppError(cause)
      if (error.retry || error.code === 'INTERNAL') await claims.release(actor, key, claim)
      else await claims.answer(actor, key, claim, rejection(error))
      throw error
    }
  }

  return async (request, execute) => {
    const { actor, key } = request
    const giveUpAt = Date.now() + twinWaitMsMax
    for (;;) {
      const taskId = newTaskId()
      if (await claims.claim(request, taskId)) return run(request, 1, taskId, execute)
      const row = await claims.read(actor, key)
      // Swept between the two statements: the key is free again.
      if (row === null) continue
      if (row.request !== request.request || row.bodyHash !== request.bodyHash) {
        throw new AppError('IDEMPOTENCY_CONFLICT', { key, usedFor: row.request })
      }
      if (row.stored !== null) return repeat(row.stored)
      if (row.abandoned && (await claims.takeOver(actor, key, row.claim))) {
        return run(request, row.claim + 1, row.taskId, execute)
      }
      if (Date.now() > giveUpAt) {
        throw new AppError('VERSION_CONFLICT', {
          reason: 'an earlier request with this Idempotency-Key is still being carried out',
        })
      }
      await delay(pollMs)
    }
  }
}

const rejection = (error: AppError): StoredAnswer => ({
  status: error.status,
  answer: { code: error.code, message: error.message, details: error.details },
})

const repeat = (stored: StoredAnswer) => {
  if (stored.status < 400) return { ...stored, repeated: true }
  const { code } = stored.answer as { code: string }
  throw fromErrorBody(code, stored.answer)
}
