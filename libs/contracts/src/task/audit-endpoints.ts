import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { TaskId } from '../ids.ts'
import { PayloadRef } from '../payload/payload-ref.ts'
import { ApprovalDigest } from './approval.ts'

export const exportApprovals = endpoint({
  service: 'orchestrator',
  name: 'exportApprovals',
  summary:
    'The record of all approvals of a task as JSON lines, each with the SHA-256 of the line before it: who was asked what, until when; who said what, when and why.',
  input: z.object({ taskId: TaskId }),
  output: z.object({
    /** Where it is; kept for a day, and made again whenever it is asked for. */
    payload: PayloadRef,
    entries: z.int().nonnegative(),
    /** SHA-256 of its last line. */
    head: ApprovalDigest,
    /** The event up to which it goes. */
    seq: z.int().positive(),
  }),
  errors: ['NOT_FOUND'],
  timeoutMs: 15_000,
})
export type ApprovalExport = z.infer<typeof exportApprovals.output>
