import type { CommandOf } from '../task-command.ts'
import { ada, atMs } from './task-fixtures.ts'

/** The file of a task has come, long after the task ran. */
export const importFile = (
  more: Partial<Omit<CommandOf<'ImportTask'>, 'type'>> = {},
): CommandOf<'ImportTask'> => ({
  type: 'ImportTask',
  fileSha256: 'f'.repeat(64),
  missing: 0,
  at: atMs(90 * 24 * 3_600_000),
  actor: ada,
  ...more,
})
