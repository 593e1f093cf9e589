import { z } from 'zod'
import { TaskId } from '../../ids.ts'
import { StateDetail } from '../../task/state-detail.ts'
import { AtSeq, createTask, getTask, getTaskEvents, skipStep } from '../../task/task-endpoints.ts'
import { StepId } from '../../ids.ts'
import { TaskStatus } from '../../task/task-status.ts'
import { getTaskAt, getTaskTimeline } from '../../timeline/timeline-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'
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
    summary: 'Tasks, the newest first.',
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
    errors: [],
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
    summary: getTaskAt.summary,
    access: 'owner',
    params,
    query: z.strictObject({ at: QueryNumber(1, seqMax), detail: StateDetail.default('whole') }),
    answer: getTaskAt.output,
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND', 'AFTER_BEYOND_HEAD', 'PRUNED'],
  },
  getTaskEvents: {
    method: 'GET',
    path: '/api/tasks/:taskId/events',
    tag,
    summary: 'Events after a position, in order, dense; fewer than asked for when they are large.',
    access: 'owner',
    params,
    query: z.strictObject({
      after: QueryNumber(0, seqMax).default(0),
      limit: QueryNumber(1, 1_000).default(500),
    }),
    answer: getTaskEvents.output,
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND', 'AFTER_BEYOND_HEAD'],
  },
  getTaskTimeline: {
    method: 'GET',
    path: '/api/tasks/:taskId/timeline',
    tag,
    summary: 'Every event as a packed tick: seq, time, kind, step.',
    access: 'owner',
    params,
    answer: getTaskTimeline.output,
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND', 'PRUNED'],
  },
  pauseTask: {
    ...command,
    path: '/api/tasks/:taskId/pause',
    summary: 'Lets what runs finish its call and starts nothing new.',
    body: z.strictObject({ expectedSeq }).prefault({}),
    answer: AtSeq,
    errors: [
      'NOT_FOUND',
      'TASK_ENDED',
      'TASK_READ_ONLY',
      'TASK_NOT_PAUSABLE',
      'SEQ_CONFLICT',
      'IDEMPOTENCY_CONFLICT',
    ],
  },
  resumeTask: {
    ...command,
    path: '/api/tasks/:taskId/resume',
    summary: 'Goes on where a pause stopped it.',
    body: z.strictObject({ expectedSeq }).prefault({}),
    answer: AtSeq,
    errors: [
      'NOT_FOUND',
      'TASK_ENDED',
      'TASK_READ_ONLY',
      'TASK_NOT_PAUSED',
      'SEQ_CONFLICT',
      'IDEMPOTENCY_CONFLICT',
    ],
  },
  stepTask: {
    ...command,
    path: '/api/tasks/:taskId/step',
    summary: 'Lets one ready step run to its end while the task stays paused.',
    body: z.strictObject({ expectedSeq, stepId: StepId.nullable().default(null) }).prefault({}),
    answer: AtSeq,
    errors: [
      'NOT_FOUND',
      'TASK_ENDED',
      'TASK_READ_ONLY',
      'TASK_NOT_PAUSED',
      'STEP_NOT_READY',
      'SEQ_CONFLICT',
      'IDEMPOTENCY_CONFLICT',
    ],
  },
  skipStep: {
    ...command,
    path: '/api/tasks/:taskId/steps/:stepId/skip',
    summary:
      'Lets a step that has not begun be left out; what needs it goes on with what else it needs.',
    params: z.object({ taskId: TaskId, stepId: StepId }),
    body: z.strictObject({ expectedSeq, reason: skipStep.input.shape.reason }),
    answer: AtSeq,
    errors: [
      'NOT_FOUND',
      'TASK_ENDED',
      'TASK_READ_ONLY',
      'STEP_NOT_SKIPPABLE',
      'SEQ_CONFLICT',
      'IDEMPOTENCY_CONFLICT',
    ],
  },
  cancelTask: {
    ...command,
    path: '/api/tasks/:taskId/cancel',
    summary: 'Ends the task now; calls in flight are stopped and what they cost is booked.',
    body: z.strictObject({ expectedSeq, reason: z.string().max(1_000).default('') }).prefault({}),
    answer: AtSeq,
    errors: ['NOT_FOUND', 'TASK_ENDED', 'TASK_READ_ONLY', 'SEQ_CONFLICT', 'IDEMPOTENCY_CONFLICT'],
  },
})
