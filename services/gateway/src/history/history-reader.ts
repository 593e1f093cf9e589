import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { detailAt, type StateDetail } from '@maestro/contracts/task/state-detail'
import { getTask, getTaskEvents } from '@maestro/contracts/task/task-endpoints'
import {
  getTaskAt,
  getTaskTicks,
  getTaskTimeline,
} from '@maestro/contracts/timeline/timeline-endpoints'
import type { Call, CallPacked } from '@maestro/service-kit/call'
import type { RequestContext } from '@maestro/service-kit/request-context'
import type { PackedJson } from '@maestro/service-kit/wire-json'
import { setTimeout as delay } from 'node:timers/promises'
import type { z } from 'zod'

/**
 * Asks the timeline, which hears of events a moment after they happened. Where it does not know yet
 * what the orchestrator does, it is given that moment, so that a new task has a history at once.
 */
export type HistoryReader = {
  /** @throws {AppError} `NOT_FOUND`, `AFTER_BEYOND_HEAD`. */
  stateAt: (
    taskId: TaskId,
    { at, detail }: { at: number; detail: StateDetail },
    context: RequestContext,
  ) => Promise<z.infer<typeof getTaskAt.output>>
  /** The same as it came, for whoever only passes it on: to read and to write a large state again takes longer than all else. */
  packedStateAt: (
    taskId: TaskId,
    { at, detail }: { at: number; detail: StateDetail },
    context: RequestContext,
  ) => Promise<PackedJson>
  /** @throws {AppError} `NOT_FOUND`. */
  timeline: (
    taskId: TaskId,
    context: RequestContext,
  ) => Promise<z.infer<typeof getTaskTimeline.output>>
  /** @throws {AppError} `NOT_FOUND`. */
  ticks: (taskId: TaskId, context: RequestContext) => Promise<z.infer<typeof getTaskTicks.output>>
}

const triesMax = 20
const betweenTriesMs = 100

const isBehind = (error: unknown) =>
  error instanceof AppError && (error.code === 'AFTER_BEYOND_HEAD' || error.code === 'NOT_FOUND')

export const createHistoryReader = ({
  call,
  callPacked,
}: {
  call: Call
  callPacked: CallPacked
}): HistoryReader => {
  /** Asks again while the timeline lacks what `exists` says is there. */
  const patiently = async <Result>(
    ask: () => Promise<Result>,
    exists: () => Promise<Result | null>,
  ): Promise<Result> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask()
      } catch (error) {
        if (!isBehind(error) || tries === triesMax) throw error
        const known = tries === 1 ? await exists() : null
        if (known !== null) return known
        await delay(betweenTriesMs)
      }
    }
  }

  /** An unknown task is unknown to the orchestrator as well, and refused here. */
  const mustExist = (taskId: TaskId, context: RequestContext) => async () => {
    await call(getTaskEvents, { taskId, after: 0, limit: 1 }, context)
    return null
  }

  /** What the orchestrator knows at this very position; null: something else. */
  const newestIfAt = async (
    taskId: TaskId,
    { at, detail }: { at: number; detail: StateDetail },
    context: RequestContext,
  ) => {
    const newest = await call(getTask, { taskId }, context)
    if (at > newest.seq) throw new AppError('AFTER_BEYOND_HEAD', { at, head: newest.seq })
    return at === newest.seq && newest.detail === detailAt(at, detail) ? newest : null
  }

  return {
    stateAt: (taskId, place, context) =>
      patiently(
        () => call(getTaskAt, { taskId, ...place }, context),
        () => newestIfAt(taskId, place, context),
      ),
    packedStateAt: (taskId, place, context) =>
      patiently(
        () => callPacked(getTaskAt, { taskId, ...place }, context),
        async (): Promise<PackedJson | null> => {
          const newest = await newestIfAt(taskId, place, context)
          if (newest === null) return null
          return { data: Buffer.from(JSON.stringify(newest)), encoding: 'identity' }
        },
      ),

    timeline: (taskId, context) =>
      patiently(() => call(getTaskTimeline, { taskId }, context), mustExist(taskId, context)),
    ticks: (taskId, context) =>
      patiently(() => call(getTaskTicks, { taskId }, context), mustExist(taskId, context)),
  }
}
