import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { createTaskFileCheck } from '@maestro/contracts/task-file/check-task-file'
import type { Payload } from '@maestro/service-kit/payload'
import { sha256Of } from '../sha256-of.ts'
import { createFileContent, type FileContent } from './file-content.ts'

/** Texts that are put away together. */
const newsBytesMax = 4 * 1024 * 1024
const newsMax = 500

export type ReadTaskFile = FileContent & {
  /** The hash of its last line. */
  fileSha256: string
  /** Texts that were gone when it was written. */
  missing: number
}

/**
 * Reads a file once, from its first line to its last, and checks all of it: the chain of its lines, every event, every
 * text, and that each text that its events name is there or told as missing. Texts are put away as they come.
 * @throws {AppError} `TASK_FILE_REFUSED`, with the line; whatever `onTask` and `keep` throw.
 */
export const readTaskFile = async (
  lines: AsyncIterable<string | null>,
  {
    nowMs,
    onTask,
    keep,
  }: {
    nowMs: number
    /** Hears which task it is before anything else is looked at. */
    onTask: (taskId: TaskId) => Promise<void>
    keep: (texts: readonly Payload[]) => Promise<void>
  },
): Promise<ReadTaskFile> => {
  const content = createFileContent(nowMs)
  const hashOfBytes = (base64: string) => sha256Of(Buffer.from(base64, 'base64'))
  const file = createTaskFileCheck(sha256Of, hashOfBytes, content.take)
  let count = 0
  for await (const line of lines) {
    count += 1
    if (line === null) throw refused({ line: count, problem: 'it is longer than any line can be' })
    const problem = file.take(line)
    if (problem !== null && !problem.ok) throw refused(problem)
    const taskId = content.taskId()
    if (count === 1 && taskId !== null) await onTask(taskId)
    const { count: texts, bytes } = content.news()
    if (bytes > newsBytesMax || texts >= newsMax) await keep(content.takeNews())
  }
  const end = file.end()
  if (!end.ok) throw refused(end)
  await keep(content.takeNews())
  const read = content.read()
  if (read === null) throw refused({ line: count, problem: 'it holds no event' })
  return { ...read, fileSha256: end.hash, missing: end.missing }
}

const refused = ({
  line,
  seq = null,
  problem,
}: {
  line: number
  seq?: number | null
  problem: string
}) => new AppError('TASK_FILE_REFUSED', { line, seq, problem })
