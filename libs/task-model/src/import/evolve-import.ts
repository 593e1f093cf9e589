import { ended } from '../ended.ts'
import type { EventOf } from '../event-of.ts'
import type { BornTask } from '../task.ts'

const cutWords =
  'It had not ended when it was exported. What came after that is not known in this Maestro.'

/** Nothing of it goes on here. One that had not ended ends where its file does, so that nothing is open. */
export const evolveImport = (task: BornTask, event: EventOf<'TaskImported'>): BornTask => {
  const { head, exportedAt, from, missing, stoppedAt } = event.data
  const over =
    stoppedAt === undefined
      ? task
      : ended(task, { at: stoppedAt }, 'cancelled', 'cancelled', cutWords)
  return {
    ...over,
    imported: {
      at: event.at,
      by: event.actor.id,
      head,
      ...(exportedAt !== undefined && { exportedAt }),
      ...(from !== undefined && { from }),
      missing,
      ...(stoppedAt !== undefined && { isCut: true }),
    },
  }
}
