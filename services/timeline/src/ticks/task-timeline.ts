import type { TaskId } from '@maestro/contracts/ids'
import { unpackTicks } from '@maestro/contracts/timeline/packed-ticks'
import type { getTaskTimeline, Tick } from '@maestro/contracts/timeline/timeline-endpoints'
import type { z } from 'zod'
import type { TicksOf } from './kept-ticks.ts'

export type TimelineOf = (taskId: TaskId) => Promise<z.input<typeof getTaskTimeline.output>>

/** Every event of a task as a tick. @throws {AppError} `NOT_FOUND`, `PRUNED`. */
export const createTaskTimeline =
  ({ ticksOf }: { ticksOf: TicksOf }): TimelineOf =>
  async (taskId) => {
    const { head, startAtMs, kinds, steps, packed } = await ticksOf(taskId)
    const ticks = unpackTicks(packed, startAtMs).map(({ atMs, kind, step }, index): Tick => [
      index + 1,
      atMs,
      kind,
      step,
    ])
    return { head, kinds: [...kinds], steps: [...steps], ticks }
  }
