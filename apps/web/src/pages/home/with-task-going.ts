import type { TaskLine } from '@maestro/contracts/gateway/http-task'

/**
 * News of a task among those that go on. Its row is written anew where it has one, and stays when the task has
 * ended: nothing moves under a pointer. `moves` says that the list, read again, would have other rows.
 */
export const withTaskGoing = (
  going: readonly TaskLine[],
  line: TaskLine,
): { going: readonly TaskLine[]; moves: boolean } => {
  const known = going.find(({ taskId }) => taskId === line.taskId)
  if (known === undefined)
    return { going, moves: line.endedAt === null && line.imported === undefined }
  if (line.seq < known.seq) return { going, moves: false }
  return {
    going: going.map((one) => (one === known ? line : one)),
    moves: line.endedAt !== null,
  }
}
