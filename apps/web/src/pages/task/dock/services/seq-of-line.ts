import type { LogLine } from '@maestro/contracts/timeline/log-endpoints'
import type { TaskTick } from '../../../../live/task-ticks.ts'

/** The moment of the task that a line belongs to: the event that it names, else the newest one before it. */
export const seqOfLine = (
  { service, fields, at }: Pick<LogLine, 'service' | 'fields' | 'at'>,
  ticks: readonly Pick<TaskTick, 'atMs'>[],
): number => {
  const named = fields['seq']
  if (service === 'orchestrator' && typeof named === 'number' && named <= ticks.length) return named
  const atMs = Date.parse(at)
  return Math.max(1, ticks.findLastIndex((tick) => tick.atMs <= atMs) + 1)
}
