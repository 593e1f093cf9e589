import { AppError } from '@maestro/contracts/errors'
import { messageOf } from '../../api/request-id.ts'
import { formatBytes } from '../../ui/format-count.ts'

export type Refusal = {
  message: string
  /** The task that is here already. */
  taskId: string | null
}

/** Why a file was not imported, with the place in it where that is so; null: whoever sent it has stopped. */
export const whyRefused = (error: unknown): Refusal | null => {
  if (error instanceof DOMException && error.name === 'AbortError') return null
  if (!(error instanceof AppError)) return { message: messageOf(error), taskId: null }
  const { line, seq, problem, taskId, sentBytes } = error.details
  if (error.code === 'TASK_EXISTS' && typeof taskId === 'string') {
    return { message: 'This task is here already. It stays as it is.', taskId }
  }
  if (error.code === 'TASK_FILE_REFUSED') {
    const after = typeof seq === 'number' ? ` (at event ${seq})` : ''
    return { message: `Line ${String(line)}${after}: ${String(problem)}.`, taskId: null }
  }
  // What Maestro answers itself says nothing of that.
  if (error.code === 'UNAVAILABLE' && typeof sentBytes === 'number' && sentBytes > 0) {
    const message = `The connection broke off when ${formatBytes(sentBytes)} had been sent. Nothing of it stays: import the file once more.`
    return { message, taskId: null }
  }
  return { message: error.message, taskId: null }
}
