import { z } from 'zod'
import { FailureChoice } from './failure-question.ts'

/** What is asked about: a plan, a step before it runs, a call that failed, a tool use before it runs, or what an agent wants to know. */
export const ApprovalKind = z.enum(['plan', 'step', 'failure', 'tool', 'question'])
export type ApprovalKind = z.infer<typeof ApprovalKind>

/** Of a plan: the first three; of a step or a tool use: the first two; of a question: `answer`; of a failure: its choices. */
export const ApprovalDecision = z.enum([
  'approve',
  'reject',
  'redraft',
  'answer',
  ...FailureChoice.options,
])
export type ApprovalDecision = z.infer<typeof ApprovalDecision>

/** `answered`: one of the choices of a failure was made, or a question has its answer. */
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

/** What happens when nobody decides until the deadline: the task is cancelled, or the agent is told so. Silence never approves. */
export const ApprovalSilence = z.enum(['cancel', 'tell-agent'])
export type ApprovalSilence = z.infer<typeof ApprovalSilence>

/** Who may decide. An owner may whatever an operator may. */
export const ApproverRole = z.enum(['owner', 'operator'])
export type ApproverRole = z.infer<typeof ApproverRole>

/** SHA-256 of the canonical JSON of what is approved: a decision holds for exactly that. */
export const ApprovalDigest = z.string().regex(/^[0-9a-f]{64}$/, 'a digest is 64 hex digits')
