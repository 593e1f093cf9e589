import type { TaskId } from '@maestro/contracts/ids'
import type { TaskHistory } from './task-history.ts'

/** Whoever reads it back asks for this. */
const format = 'maestro.task-history/1'

/** The history as one JSON document, one event a line. */
export const historyJson = async function* (taskId: TaskId, { at, pages }: TaskHistory) {
  yield `{"format":${JSON.stringify(format)},"taskId":${JSON.stringify(taskId)},"at":${at},"events":[\n`
  let isFirst = true
  for await (const events of pages()) {
    const text = events.map((event) => JSON.stringify(event)).join(',\n')
    yield isFirst ? text : `,\n${text}`
    isFirst = false
  }
  yield '\n]}\n'
}
