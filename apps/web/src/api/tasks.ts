import { taskRoutes } from '@maestro/contracts/gateway/routes/task-routes'
import { queueRoutes } from '@maestro/contracts/gateway/routes/queue-routes'
import type { HttpNewTask } from '@maestro/contracts/gateway/http-task'
import type { StepId, TaskId } from '@maestro/contracts/ids'
import type { QueuePriority } from '@maestro/contracts/queue/queue-endpoints'
import type { TaskStatus } from '@maestro/contracts/task/task-status'
import type { z } from 'zod'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Http } from './http.ts'

export type TaskFilter = { status?: TaskStatus | undefined; q?: string | undefined }

const rowsPerPage = 100

export const taskListKey = ['tasks'] as const

export const taskListQuery = (http: Http, filter: TaskFilter) =>
  infiniteQueryOptions({
    queryKey: [...taskListKey, filter.status ?? '', filter.q ?? ''],
    queryFn: ({ pageParam, signal }) =>
      http.json(taskRoutes.listTasks, {
        query: { ...filter, cursor: pageParam ?? undefined, limit: rowsPerPage },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

/** The costliest of the newest tasks, for the page of costs. */
export const recentTasksQuery = (http: Http) =>
  queryOptions({
    queryKey: [...taskListKey, 'recent'],
    queryFn: ({ signal }) => http.json(taskRoutes.listTasks, { query: { limit: 200 }, signal }),
  })

type NewTaskBody = z.input<typeof HttpNewTask>

export const createTask = (http: Http, body: NewTaskBody) =>
  http.json(taskRoutes.createTask, { body })

export const enqueueTask = (
  http: Http,
  { queue, priority, task }: { queue: string; priority: QueuePriority; task: NewTaskBody },
) =>
  http.json(queueRoutes.enqueueTask, {
    params: { name: queue },
    body: { task, priority },
  })

const commandRoutes = {
  pause: taskRoutes.pauseTask,
  resume: taskRoutes.resumeTask,
  step: taskRoutes.stepTask,
  cancel: taskRoutes.cancelTask,
} as const

export type TaskCommand = keyof typeof commandRoutes

export const commandTask = (
  http: Http,
  { taskId, command, ...body }: { taskId: TaskId; command: TaskCommand; reason?: string },
) => http.json(commandRoutes[command], { params: { taskId }, body })

export const skipStep = (
  http: Http,
  { reason, ...params }: { taskId: TaskId; stepId: StepId; reason: string },
) => http.json(taskRoutes.skipStep, { params, body: { reason } })
