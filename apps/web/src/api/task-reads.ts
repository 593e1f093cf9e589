import { AppError } from '@maestro/contracts/errors'
import { taskRoutes } from '@maestro/contracts/gateway/routes/task-routes'
import { timelineRoutes } from '@maestro/contracts/gateway/routes/timeline-routes'
import { unpackTicks } from '@maestro/contracts/timeline/packed-ticks'
import { TaskStatus } from '@maestro/contracts/task/task-status'
import type { BornTask, Task } from '@maestro/task-model/task'
import { z } from 'zod'
import { toTaskEventAt } from '../live/task-event-at.ts'
import type { TaskReads } from '../live/task-view.ts'
import type { Http } from './http.ts'

/** The parts of a fold without which no page could be drawn. The rest is of the same `evolve` as ours. */
const FoldHead = z.looseObject({
  status: TaskStatus,
  seq: z.int().positive(),
  title: z.string(),
  order: z.array(z.string()),
  steps: z.record(z.string(), z.looseObject({ status: z.string() })),
  totals: z.looseObject({ costNanoUsd: z.int() }),
})

const toTask = (state: Record<string, unknown>): Task => {
  const parsed = FoldHead.safeParse(state)
  if (!parsed.success) throw new AppError('INTERNAL', {}, { cause: parsed.error })
  return state as unknown as BornTask
}

/** What a task page reads over HTTP. */
export const createTaskReads = (http: Http): TaskReads => ({
  getTask: async (taskId) => {
    const { state, ...read } = await http.json(taskRoutes.getTask, { params: { taskId } })
    return { ...read, state: toTask(state) }
  },
  getTaskAt: async (taskId, at) => {
    const query = { at, detail: 'outline' } as const
    const { state, ...read } = await http.json(taskRoutes.getTaskState, {
      params: { taskId },
      query,
    })
    return { ...read, state: toTask(state) }
  },
  getEvents: async (taskId, query) => {
    const read = await http.json(taskRoutes.getTaskEvents, { params: { taskId }, query })
    return { events: read.events.map(toTaskEventAt), head: read.head }
  },
  getTicks: async (taskId) => {
    const read = await http.json(timelineRoutes.getTaskTicks, { params: { taskId } })
    const { kinds, steps } = read
    return {
      ticks: unpackTicks(read.packed, read.startAtMs).map(({ atMs, kind, step }) => ({
        atMs,
        kind: kinds[kind] ?? '',
        stepId: steps[step] ?? null,
      })),
      kept: read.kept.flatMap(({ seq, reason }) => (reason === 'count' ? [] : [{ seq, reason }])),
    }
  },
})
