import { detailAt, type StateDetail } from '@maestro/contracts/task/state-detail'
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
  states,
  timelineOf,
  packedTimelineOf,
}: {
  states: Readonly<Record<StateDetail, StateAt>>
  timelineOf: TimelineOf
  packedTimelineOf: PackedTimelineOf
}) => [
  implement(getTaskAt, async ({ taskId, at, detail: wanted }) => {
    const detail = detailAt(at, wanted)
    return { seq: at, state: await states[detail](taskId, at), detail }
  }),
  implement(getTaskTimeline, ({ taskId }) => timelineOf(taskId)),
  implement(getTaskTicks, ({ taskId }) => packedTimelineOf(taskId)),
]
