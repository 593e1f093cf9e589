import { getTaskAt, getTaskTimeline } from '@maestro/contracts/timeline/timeline-endpoints'
import { implement } from '@maestro/service-kit/serve'
import type { StateAt } from '../states/task-states.ts'
import type { createTaskTimeline } from '../ticks/task-timeline.ts'

export const timelineEndpoints = ({
  stateAt,
  timelineOf,
}: {
  stateAt: StateAt
  timelineOf: ReturnType<typeof createTaskTimeline>
}) => [
  implement(getTaskAt, async ({ taskId, at }) => ({ seq: at, state: await stateAt(taskId, at) })),
  implement(getTaskTimeline, ({ taskId }) => timelineOf(taskId)),
]
