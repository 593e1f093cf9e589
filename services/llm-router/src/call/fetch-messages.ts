import { setTimeout as sleep } from 'node:timers/promises'
import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import { AppError } from '@maestro/contracts/errors'
import { isOutage } from '@maestro/service-kit/wire-error'
import { type ReadText, type ResolvedMessage, resolveMessages } from './resolve-messages.ts'

export type FetchedMessages =
  | { kind: 'fetched'; messages: readonly ResolvedMessage[] }
  | { kind: 'failed'; failureClass: FailureClass; reason: string }
  | { kind: 'stopped' }

const retryMs = 250

/** Waits while the keeper of the texts is away, for as long as the call may take. */
export const fetchMessages = async (
  work: Pick<CallWork, 'messages' | 'deadlineAt'>,
  { readText, signal }: { readText: ReadText; signal: AbortSignal },
): Promise<FetchedMessages> => {
  const deadlineMs = Date.parse(work.deadlineAt)
  for (;;) {
    try {
      return { kind: 'fetched', messages: await resolveMessages(work, readText) }
    } catch (error) {
      const failure = toFailure(error)
      if (failure !== null) return failure
      if (Date.now() + retryMs >= deadlineMs) {
        return failed('network', 'The texts of the call could not be fetched in time.')
      }
      await sleep(retryMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) return { kind: 'stopped' }
    }
  }
}

/** Null: an outage, which passes, be it of the service that keeps a text or of our own database. */
const toFailure = (error: unknown): FetchedMessages | null => {
  if (isOutage(error)) return null
  return error instanceof AppError && error.code === 'NOT_FOUND'
    ? failed('invalid_request', 'A text that the call refers to does not exist.')
    : failed('internal', 'A text that the call refers to could not be read.')
}

const failed = (failureClass: FailureClass, reason: string): FetchedMessages => ({
  kind: 'failed',
  failureClass,
  reason,
})
