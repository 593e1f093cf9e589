import type { TaskId } from '@maestro/contracts/ids'
import type { getTaskTicks } from '@maestro/contracts/timeline/timeline-endpoints'
import type { z } from 'zod'
import type { SnapshotStore } from '../states/snapshot-store.ts'
import type { TicksOf } from './kept-ticks.ts'

export type PackedTimelineOf = (taskId: TaskId) => Promise<z.input<typeof getTaskTicks.output>>

/** The ticks of a task in as few bytes as they need, and where its states are kept. @throws {AppError} `NOT_FOUND`, `PRUNED`. */
export const createPackedTimeline =
  ({
    ticksOf,
    snapshots,
  }: {
    ticksOf: TicksOf
    snapshots: Pick<SnapshotStore, 'list'>
  }): PackedTimelineOf =>
  async (taskId) => {
    const { kinds, steps, ...ticks } = await ticksOf(taskId)
    const kept = [...(await snapshots.list(taskId))]
    return { ...ticks, kinds: [...kinds], steps: [...steps], kept }
  }
