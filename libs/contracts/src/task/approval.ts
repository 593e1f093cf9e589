import { z } from 'zod'
import { FailureChoice } from './failure-question.ts'

/** What is asked about: a plan, a step before it runs, or a call that failed. */
export const ApprovalKind = z.enum(['plan', 'step', 'failure'])
export type ApprovalKind = z.infer<typeof ApprovalKind>

/** Of a plan: the first three; of a step: the first two; of a failure: its choices. */
export const ApprovalDecision = z.enum(['approve', 'reject', 'redraft', ...FailureChoice.options])
export type ApprovalDecision = z.infer<typeof ApprovalDecision>

/** `answered`: one of the choices of a failure was made. */
export const ApprovalStatus = z.enum([
  'open',
  'approved',
  'rejected',
  'redraft',
  'answered',
  'expired',
  'withdrawn',
])
export type ApprovalStatus = z.infer<typeof ApprovalStatus>
