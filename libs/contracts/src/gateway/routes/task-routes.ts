import { z } from 'zod'
import { TaskId } from '../../ids.ts'
import { StateDetail } from '../../task/state-detail.ts'
import {
  AtSeq,
  cancelTask,
  createTask,
  getTask,
  getTaskEvents,
  listTasks,
  pauseTask,
  resumeTask,
  skipStep,
  stepTask,
} from '../../task/task-endpoints.ts'
import { StepId } from '../../ids.ts'
import { TaskStatus } from '../../task/task-status.ts'
import { getTaskAt, getTaskTimeline } from '../../timeline/timeline-endpoints.ts'
import { httpRoutesOf, keyedAs, saidAs } from '../http-route.ts'
import { HttpNewTask, newTaskBodyBytesMax, TaskLine } from '../http-task.ts'
import { QueryLimit, QueryNumber, seqMax } from '../query-values.ts'

const tag = 'tasks'
const params = z.object({ taskId: TaskId })

/** Left out: the caller takes the task as it is. */
const expectedSeq = z.int().nonnegative().nullable().default(null)

const command = { method: 'POST', tag, access: 'owner', params, status: 200, keyed: true } as const

export const taskRoutes = httpRoutesOf({
  createTask: {
    method: 'POST',
    path: '/api/tasks',
    tag,
    summary: 'Starts a task from a goal and its input files.',
    access: 'owner',
    body: HttpNewTask,
    answer: createTask.output,
    status: 201,
    keyed: true,
    bodyBytesMax: newTaskBodyBytesMax,
    errors: [
      'PLAN_INVALID',
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'IDEMPOTENCY_CONFLICT',
      'VERSION_CONFLICT',
    ],
  },
  listTasks: {
    method: 'GET',
    path: '/api/tasks',
    tag,
    ...saidAs(listTasks),
    access: 'owner',
    query: z.strictObject({
      status: TaskStatus.optional(),
      /** Words that the goal contains. */
      q: z.string().max(200).optional(),
      cursor: z.string().max(200).optional(),
      limit: QueryLimit,
    }),
    answer: z.object({ items: z.array(TaskLine), nextCursor: z.string().nullable() }),
    status: 200,
    keyed: false,
  },
  getTask: {
    method: 'GET',
    path: '/api/tasks/:taskId',
    tag,
    summary:
      'The fold at the head; after 5,000 events in outline, which `detail` says: without turns and finished calls, which its events tell. Its money is integer nano-dollars (`…NanoUsd`), as in the events.',
    access: 'owner',
    params,
    answer: getTask.output,
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
  getTaskState: {
    method: 'GET',
    path: '/api/tasks/:taskId/state',
    tag,
    ...saidAs(getTaskAt),
    access: 'owner',
    params,
    query: z.strictObject({ at: QueryNumber(1, seqMax), detail: StateDetail.default('whole') }),
    answer: getTaskAt.output,
    status: 200,
    keyed: false,
  },
  getTaskEvents: {
    method: 'GET',
    path: '/api/tasks/:taskId/events',
    tag,
    ...saidAs(getTaskEvents),
    access: 'owner',
    params,
    query: z.strictObject({
      after: QueryNumber(0, seqMax).default(0),
      limit: QueryNumber(1, 1_000).default(500),
    }),
    answer: getTaskEvents.output,
    status: 200,
    keyed: false,
  },
  getTaskTimeline: {
    method: 'GET',
    path: '/api/tasks/:taskId/timeline',
    tag,
    ...saidAs(getTaskTimeline),
    access: 'owner',
    params,
    answer: getTaskTimeline.output,
    status: 200,
    keyed: false,
  },
  pauseTask: {
    ...command,
    ...keyedAs(pauseTask),
    path: '/api/tasks/:taskId/pause',
    body: z.strictObject({ expectedSeq }).prefault({}),
    answer: AtSeq,
  },
  resumeTask: {
    ...command,
    ...keyedAs(resumeTask),
    path: '/api/tasks/:taskId/resume',
    body: z.strictObject({ expectedSeq }).prefault({}),
    answer: AtSeq,
  },
  stepTask: {
    ...command,
    ...keyedAs(stepTask),
    path: '/api/tasks/:taskId/step',
    body: z.strictObject({ expectedSeq, stepId: StepId.nullable().default(null) }).prefault({}),
    answer: AtSeq,
  },
  skipStep: {
    ...command,
    ...keyedAs(skipStep),
    path: '/api/tasks/:taskId/steps/:stepId/skip',
    params: z.object({ taskId: TaskId, stepId: StepId }),
    body: z.strictObject({ expectedSeq, reason: skipStep.input.shape.reason }),
    answer: AtSeq,
  },
  cancelTask: {
    ...command,
    ...keyedAs(cancelTask),
    path: '/api/tasks/:taskId/cancel',
    body: z
      .strictObject({ expectedSeq, reason: cancelTask.input.shape.reason.default('') })
      .prefault({}),
    answer: AtSeq,
  },
})
