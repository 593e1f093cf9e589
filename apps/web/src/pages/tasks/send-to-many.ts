import type { TaskLine } from '@maestro/contracts/gateway/http-task'
import { messageOf } from '../../api/request-id.ts'

/** So many are asked at once; the others wait for them. */
const atOnceMax = 4

export type Refusal = Pick<TaskLine, 'taskId' | 'title'> & { readonly message: string }

/** Asks each task for itself, and gives back those that refused: the rest is done. */
export const sendToMany = async (
  lines: readonly TaskLine[],
  send: (line: TaskLine) => Promise<unknown>,
): Promise<readonly Refusal[]> => {
  const waiting = [...lines]
  const refusals: Refusal[] = []
  const work = async () => {
    for (let line = waiting.shift(); line; line = waiting.shift()) {
      const { taskId, title } = line
      await send(line).catch((error: unknown) => {
        refusals.push({ taskId, title, message: messageOf(error) })
      })
    }
  }
  await Promise.all(Array.from({ length: atOnceMax }, work))
  return refusals
}
