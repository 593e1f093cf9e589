import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Kill } from './random-kills.ts'

/** For each task that was at work when somebody was killed: how long until its next event. Tasks that waited for a person are left out. */
export const recoveryTimes = (
  kills: readonly Kill[],
  tasks: readonly (readonly TaskEvent[])[],
): { name: string; ms: number }[] =>
  kills.flatMap(({ name, atMs }) =>
    tasks.flatMap((events) => {
      const index = events.findIndex(({ at }) => Date.parse(at) > atMs)
      const next = events[index]
      if (next === undefined || index === 0 || isWaiting(events.slice(0, index))) return []
      return [{ name, ms: Date.parse(next.at) - atMs }]
    }),
  )

const isWaiting = (events: readonly TaskEvent[]): boolean => {
  const count = (type: TaskEvent['type']) => events.filter((event) => event.type === type).length
  return count('ApprovalRequested') > count('ApprovalDecided')
}

/** The value below which `share` of them lie; 0 of none. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
