import type { AppError } from '@maestro/contracts/errors'
import { createTask } from '@maestro/contracts/task/task-endpoints'
import type { Call } from '@maestro/service-kit/call'
import { toAppError } from '@maestro/service-kit/wire-error'
import { withSpan } from '@maestro/service-kit/trace'
import { type ItemRow, taskOf } from '../items/item.ts'

/** `away`: nobody serves the orchestrator. `slow`: it was asked and did not say what became of it. */
export type StartOutcome =
  | { outcome: 'started' }
  | { outcome: 'refused' | 'away' | 'slow'; reason: string }

const detailsCharactersMax = 600

const sayError = (error: AppError): string => {
  const details = JSON.stringify(error.details)
  return details === '{}'
    ? `${error.code}: ${error.message}`
    : `${error.code}: ${error.message} ${details.slice(0, detailsCharactersMax)}`
}

/** Asks the orchestrator for the item's task, in the name and in the trace of whoever enqueued it. Harmless to repeat. */
export const startTask = (call: Call, item: ItemRow): Promise<StartOutcome> =>
  withSpan(
    {
      name: 'scheduler start',
      kind: 'internal',
      traceparent: item.traceparent ?? undefined,
      attributes: { 'maestro.queue': item.queue, 'maestro.task_id': item.taskId },
    },
    async () => {
      try {
        await call(createTask, taskOf(item), {
          actor: { kind: item.actorKind, id: item.actorId },
          requestId: item.requestId,
        })
        return { outcome: 'started' }
      } catch (cause) {
        const error = toAppError(cause)
        if (!error.retry) return { outcome: 'refused', reason: sayError(error) }
        return error.code === 'UNAVAILABLE'
          ? { outcome: 'away', reason: 'The orchestrator does not answer; it is tried again soon.' }
          : { outcome: 'slow', reason: `Starting it is tried again soon: ${error.code}.` }
      }
    },
  )
