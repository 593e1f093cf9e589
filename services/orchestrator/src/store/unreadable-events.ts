import type { TaskId } from '@maestro/contracts/ids'

/** What stands in a row is not what was written there: nobody can go on with this task, and nobody else is concerned. */
export class UnreadableEvents extends Error {
  override readonly name = 'UnreadableEvents'

  constructor(taskId: TaskId, seq: number, options: ErrorOptions) {
    const { cause } = options
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(`the events of ${taskId} from ${seq} on cannot be read: ${reason}`, options)
  }
}
