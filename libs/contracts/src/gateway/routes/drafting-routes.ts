import { z } from 'zod'
import { TaskId } from '../../ids.ts'
import { guideDrafting, lockPart, takeVersion } from '../../task/drafting-endpoints.ts'
import { PartName } from '../../task/part-name.ts'
import { AtSeq } from '../../task/task-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'

/** Left out: the caller takes the task as it is. */
const expectedSeq = z.int().nonnegative().nullable().default(null)

const command = {
  method: 'POST',
  tag: 'tasks',
  access: 'owner',
  params: z.object({ taskId: TaskId }),
  status: 200,
  keyed: true,
} as const

/** What people say to a drafting. */
export const draftingRoutes = httpRoutesOf({
  guideDrafting: {
    ...command,
    path: '/api/tasks/:taskId/drafting/guidance',
    summary: guideDrafting.summary,
    body: z.strictObject({ expectedSeq, guidance: guideDrafting.input.shape.guidance }),
    answer: AtSeq,
    errors: [...guideDrafting.errors, 'IDEMPOTENCY_CONFLICT'],
  },
  takeVersion: {
    ...command,
    path: '/api/tasks/:taskId/drafting/take',
    summary: takeVersion.summary,
    body: z.strictObject({ expectedSeq, version: takeVersion.input.shape.version }),
    answer: AtSeq,
    errors: [...takeVersion.errors, 'IDEMPOTENCY_CONFLICT'],
  },
  lockPart: {
    ...command,
    path: '/api/tasks/:taskId/drafting/lock',
    summary: lockPart.summary,
    body: z.strictObject({ expectedSeq, part: PartName, isLocked: z.boolean() }),
    answer: AtSeq,
    errors: [...lockPart.errors, 'IDEMPOTENCY_CONFLICT'],
  },
})
