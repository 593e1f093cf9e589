import {
  cancelTask,
  createTask,
  getTask,
  getTaskEvents,
  getTaskSummaries,
  listTasks,
  listTools,
  pauseTask,
  resumeTask,
  skipStep,
  stepTask,
} from '@maestro/contracts/task/task-endpoints'
import { AppError } from '@maestro/contracts/errors'
import { detailAt } from '@maestro/contracts/task/state-detail'
import { toCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import { outlineOf } from '@maestro/task-model/outline-of'
import type { CreateTask } from '../command/create-task.ts'
import type { OncePerKey } from '../command/once-per-key.ts'
import type { TaskCache } from '../command/task-cache.ts'
import { boundedEvents } from '../store/bounded-events.ts'
import type { EventStore } from '../store/event-store.ts'
import type { TaskLists } from '../store/task-lists.ts'
import type { Tool } from '../tools/tool.ts'

export const taskEndpoints = ({
  createOne,
  commands,
  events,
  cache,
  lists,
  tools,
}: {
  createOne: CreateTask
  commands: OncePerKey
  events: EventStore
  cache: TaskCache
  lists: TaskLists
  tools: readonly Tool[]
}): Implementation[] => [
  implement(createTask, createOne),
  implement(pauseTask, ({ taskId, expectedSeq }, { actor, idempotencyKey }) =>
    commands.handle({
      taskId,
      command: { type: 'PauseTask', at: new Date().toISOString(), actor },
      expectedSeq,
      key: idempotencyKey,
    }),
  ),
  implement(resumeTask, ({ taskId, expectedSeq }, { actor, idempotencyKey }) =>
    commands.handle({
      taskId,
      command: { type: 'ResumeTask', at: new Date().toISOString(), actor },
      expectedSeq,
      key: idempotencyKey,
    }),
  ),
  implement(stepTask, ({ taskId, stepId, expectedSeq }, { actor, idempotencyKey }) =>
    commands.handle({
      taskId,
      command: { type: 'StepTask', at: new Date().toISOString(), actor, stepId },
      expectedSeq,
      key: idempotencyKey,
    }),
  ),
  implement(skipStep, ({ taskId, stepId, reason, expectedSeq }, { actor, idempotencyKey }) =>
    commands.handle({
      taskId,
      command: { type: 'SkipStep', at: new Date().toISOString(), actor, stepId, reason },
      expectedSeq,
      key: idempotencyKey,
    }),
  ),
  implement(cancelTask, ({ taskId, reason, expectedSeq }, { actor, idempotencyKey }) =>
    commands.handle({
      taskId,
      command: { type: 'CancelTask', at: new Date().toISOString(), actor, reason },
      expectedSeq,
      key: idempotencyKey,
    }),
  ),
  implement(listTasks, (query) => lists.tasks(query)),
  implement(getTaskSummaries, async ({ taskIds }) => ({ items: await lists.summaries(taskIds) })),
  implement(getTask, async ({ taskId }) => {
    // Another copy may have gone on since we last looked.
    const task = (await cache.refresh([taskId])).get(taskId)
    if (!task || task.status === 'unborn') throw new AppError('NOT_FOUND', { kind: 'task', taskId })
    const detail = detailAt(task.seq, 'whole')
    const state = detail === 'whole' ? task : outlineOf(task)
    return { seq: task.seq, state: { ...state }, detail }
  }),
  implement(getTaskEvents, async ({ taskId, after, limit }) => {
    const head = await events.head(taskId)
    if (head === 0) throw new AppError('NOT_FOUND', { kind: 'task', taskId })
    if (after > head) throw new AppError('AFTER_BEYOND_HEAD', { after, head })
    const found = (await events.read(taskId, after, limit)).map(toCloudEvent)
    return { events: boundedEvents(found), head: Math.max(head, found.at(-1)?.seq ?? 0) }
  }),
  implement(listTools, async () => ({
    items: tools.map(({ name, description, parameters, repeat }) => ({
      name,
      description,
      parameters,
      repeat,
    })),
  })),
]
