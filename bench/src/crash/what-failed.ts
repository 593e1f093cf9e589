import type { TaskEvent } from '@maestro/contracts/task/task-events'

const failures = new Set<TaskEvent['type']>([
  'CallFailed',
  'CallLost',
  'StepFailed',
  'StepRetried',
  'StepSkipped',
  'TaskFailed',
])

/** What the events of a task say of its failures, each with its time: why it ended as it did. */
export const whatFailed = (events: readonly TaskEvent[]): string[] =>
  events
    .filter(({ type }) => failures.has(type))
    .map(({ seq, at, type, data }) => `${seq} ${at} ${type} ${JSON.stringify(data)}`)
