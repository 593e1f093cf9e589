import { inUsd } from '@maestro/contracts/gateway/in-usd'
import type { taskRoutes } from '@maestro/contracts/gateway/routes/task-routes'
import {
  cancelTask,
  createTask,
  getTask,
  getTaskEvents,
  listTasks,
  pauseTask,
  resumeTask,
  skipStep,
  stepTask,
} from '@maestro/contracts/task/task-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { HistoryReader } from '../history/history-reader.ts'
import type { PrepareTask } from '../inputs/prepare-task.ts'
import type { Answers } from './answers.ts'
import { sendPackedJson } from './send-packed-json.ts'

export const taskAnswers = ({
  call,
  history,
  prepareTask,
}: {
  call: Call
  history: HistoryReader
  prepareTask: PrepareTask
}): Answers<typeof taskRoutes> => ({
  createTask: async ({ body, taskId, context }) =>
    call(createTask, await prepareTask(body, taskId, context), context),

  listTasks: async ({ query, context }) => {
    const { items, nextCursor } = await call(
      listTasks,
      {
        status: query.status ?? null,
        q: query.q ?? null,
        cursor: query.cursor ?? null,
        limit: query.limit,
      },
      context,
    )
    return { items: items.map(inUsd), nextCursor }
  },

  getTask: ({ params, context }) => call(getTask, params, context),
  getTaskState: async ({ params, query, context }, reply) =>
    sendPackedJson(reply, await history.packedStateAt(params.taskId, query, context)),
  getTaskTimeline: ({ params, context }) => history.timeline(params.taskId, context),
  getTaskEvents: ({ params, query, context }) =>
    call(getTaskEvents, { ...params, ...query }, context),

  pauseTask: ({ params, body, context }) => call(pauseTask, { ...params, ...body }, context),
  resumeTask: ({ params, body, context }) => call(resumeTask, { ...params, ...body }, context),
  stepTask: ({ params, body, context }) => call(stepTask, { ...params, ...body }, context),
  skipStep: ({ params, body, context }) => call(skipStep, { ...params, ...body }, context),
  cancelTask: ({ params, body, context }) => call(cancelTask, { ...params, ...body }, context),
})
