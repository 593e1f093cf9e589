import type { TaskId } from '@maestro/contracts/ids'
import { packTicks } from '@maestro/contracts/timeline/packed-ticks'
import type { getTaskTicks } from '@maestro/contracts/timeline/timeline-endpoints'
import type { z } from 'zod'
import type { SnapshotStore } from '../states/snapshot-store.ts'
import type { TimelineOf } from './task-timeline.ts'

export type PackedTimelineOf = (taskId: TaskId) => Promise<z.input<typeof getTaskTicks.output>>

/** The ticks of a task in as few bytes as they need. @throws {AppError} `NOT_FOUND`, `PRUNED`. */
export const createPackedTimeline =
  ({
    timelineOf,
    snapshots,
  }: {
    timelineOf: TimelineOf
    snapshots: Pick<SnapshotStore, 'list'>
  }): PackedTimelineOf =>
  async (taskId) => {
    const { head, kinds, steps, ticks } = await timelineOf(taskId)
    const startAtMs = ticks[0]?.[1] ?? 0
    const plain = ticks.map(([, atMs, kind, step]) => ({ atMs, kind, step }))
    const kept = [...(await snapshots.list(taskId))]
    return { head, startAtMs, kinds, steps, packed: packTicks(plain, startAtMs), kept }
  }
