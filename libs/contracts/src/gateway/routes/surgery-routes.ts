import { z } from 'zod'
import { TaskId } from '../../ids.ts'
import { editPlan, undoPlanEdit } from '../../task/surgery-endpoints.ts'
import { AtSeq } from '../../task/task-endpoints.ts'
import { httpRoutesOf, keyedAs } from '../http-route.ts'

const { baseVersion, edits, reason } = editPlan.input.shape
/** Left out: the caller takes the task as it is. */
const body = {
  baseVersion,
  reason: reason.default(''),
  expectedSeq: z.int().nonnegative().nullable().default(null),
}
const command = {
  tag: 'tasks',
  access: 'owner',
  params: z.object({ taskId: TaskId }),
  status: 200,
  keyed: true,
  answer: AtSeq,
} as const

/** What people do to the plan while it runs. */
export const surgeryRoutes = httpRoutesOf({
  editPlan: {
    ...command,
    method: 'PATCH',
    path: '/api/tasks/:taskId/plan',
    ...keyedAs(editPlan),
    body: z.strictObject({ ...body, edits }),
  },
  undoPlanEdit: {
    ...command,
    method: 'POST',
    path: '/api/tasks/:taskId/plan/undo',
    ...keyedAs(undoPlanEdit),
    body: z.strictObject({ ...body, restore: undoPlanEdit.input.shape.restore }),
  },
})
