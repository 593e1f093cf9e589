import {
  getTaskAt,
  getTaskTicks,
  getTaskTimeline,
} from '@maestro/contracts/timeline/timeline-endpoints'
import { implement } from '@maestro/service-kit/serve'
import type { StateAt } from '../states/task-states.ts'
import type { PackedTimelineOf } from '../ticks/packed-timeline.ts'
import type { TimelineOf } from '../ticks/task-timeline.ts'

export const timelineEndpoints = ({
  stateAt,
  timelineOf,
  packedTimelineOf,
}: {
  stateAt: StateAt
  timelineOf: TimelineOf
  packedTimelineOf: PackedTimelineOf
}) => [
  implement(getTaskAt, async ({ taskId, at }) => ({ seq: at, state: await stateAt(taskId, at) })),
  implement(getTaskTimeline, ({ taskId }) => timelineOf(taskId)),
  implement(getTaskTicks, ({ taskId }) => packedTimelineOf(taskId)),
]
