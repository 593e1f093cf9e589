import { AppError } from '@maestro/contracts/errors'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'

/** What does not touch what happened elsewhere. */
const taken: ReadonlySet<TaskCommand['type']> = new Set([
  'ImportTask',
  'SetBookmark',
  'RemoveBookmark',
])

const allowed = ['look at it', 'export it', 'play its tape', 'set and remove bookmarks']

/** @throws {AppError} `TASK_READ_ONLY` for a task of another Maestro, with what is possible instead. */
export const mustBeOwn = ({ taskId, imported }: BornTask): void => {
  if (imported === undefined) return
  throw new AppError('TASK_READ_ONLY', { taskId, importedAt: imported.at, allowed })
}

/**
 * False for what machinery says of a task of another Maestro: nothing here is about it, and nothing comes of it.
 * @throws {AppError} `TASK_READ_ONLY` to everybody else.
 */
export const isTaken = ({ type, actor }: TaskCommand, task: BornTask): boolean => {
  if (task.imported === undefined || taken.has(type)) return true
  if (actor.kind !== 'service') mustBeOwn(task)
  return false
}
