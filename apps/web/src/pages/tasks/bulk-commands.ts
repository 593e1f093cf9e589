import type { TaskStatus } from '@maestro/contracts/task/task-status'

export type BulkCommand = 'pause' | 'resume' | 'cancel'

const takers: Record<BulkCommand, readonly TaskStatus[]> = {
  pause: ['drafting', 'running'],
  resume: ['paused'],
  cancel: ['drafting', 'awaiting-approval', 'running', 'paused'],
}

/** Those of the chosen tasks that a command makes sense to; the rules themselves are asked when it is sent. */
export const takersOf = <Line extends { status: TaskStatus }>(
  command: BulkCommand,
  lines: readonly Line[],
): readonly Line[] => lines.filter(({ status }) => takers[command].includes(status))
