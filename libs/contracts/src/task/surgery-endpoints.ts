import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { TaskId } from '../ids.ts'
import { PlanEditDrafts } from './plan-edit.ts'
import { Reason } from './steering-endpoints.ts'
import { AtSeq } from './task-endpoints.ts'

const service = 'orchestrator' as const
/** Null: the caller takes the task as it is; else the command is refused when the task has moved on. */
const expectedSeq = z.int().nonnegative().nullable()
const errors = [
  'NOT_FOUND',
  'INVALID_INPUT',
  'TASK_ENDED',
  'TASK_READ_ONLY',
  'NOT_ALLOWED_NOW',
  'CHANGED_SINCE',
  'PLAN_EDIT_REFUSED',
  'SEQ_CONFLICT',
] as const

export const editPlan = endpoint({
  service,
  name: 'editPlan',
  summary:
    'Changes the plan of a task that runs: steps inserted, removed, rewired, reassigned, gated, with other models or tools. What has begun is never touched; a refusal names step and rule.',
  input: z.object({
    taskId: TaskId,
    /** The version that was seen; refused with what changed when it is another one by now. */
    baseVersion: z.int().positive(),
    edits: PlanEditDrafts,
    reason: Reason,
    expectedSeq,
  }),
  output: AtSeq,
  errors,
  timeoutMs: 5_000,
})

export const undoPlanEdit = endpoint({
  service,
  name: 'undoPlanEdit',
  summary:
    'Brings the content of an earlier version of the plan back, as a further edit: refused where it would touch what has begun meanwhile.',
  input: z.object({
    taskId: TaskId,
    baseVersion: z.int().positive(),
    /** Left out: the version that the newest edit was made of. */
    restore: z.int().positive().optional(),
    reason: Reason,
    expectedSeq,
  }),
  output: AtSeq,
  errors,
  timeoutMs: 5_000,
})
