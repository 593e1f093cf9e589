import { z } from 'zod'
import { TaskId } from '../../ids.ts'
import { guideDrafting, lockPart, takeVersion } from '../../task/drafting-endpoints.ts'
import { PartName } from '../../task/part-name.ts'
import { AtSeq } from '../../task/task-endpoints.ts'
import { httpRoutesOf, keyedAs } from '../http-route.ts'

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
    ...keyedAs(guideDrafting),
    body: z.strictObject({ expectedSeq, guidance: guideDrafting.input.shape.guidance }),
    answer: AtSeq,
  },
  takeVersion: {
    ...command,
    path: '/api/tasks/:taskId/drafting/take',
    ...keyedAs(takeVersion),
    body: z.strictObject({ expectedSeq, version: takeVersion.input.shape.version }),
    answer: AtSeq,
  },
  lockPart: {
    ...command,
    path: '/api/tasks/:taskId/drafting/lock',
    ...keyedAs(lockPart),
    body: z.strictObject({ expectedSeq, part: PartName, isLocked: z.boolean() }),
    answer: AtSeq,
  },
})
