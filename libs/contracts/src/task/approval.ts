import { z } from 'zod'
import { BudgetChoice } from './budget-question.ts'
import { FailureChoice } from './failure-question.ts'

/** What is asked about: a plan, a step before it runs, a call that failed, a tool use before it runs, what an agent wants to know, money that has run out, or the change of an agent. */
export const ApprovalKind = z.enum([
  'plan',
  'step',
  'failure',
  'tool',
  'question',
  'budget',
  'agent',
])
export type ApprovalKind = z.infer<typeof ApprovalKind>

/** Which of them fit is a matter of what is asked. `redraft` and `revise` ask for changes: the Planner, or the agent, gets the words. */
export const ApprovalDecision = z.enum([
  'approve',
  'reject',
  'redraft',
  'revise',
  'answer',
  ...FailureChoice.options,
  ...BudgetChoice.options,
])
export type ApprovalDecision = z.infer<typeof ApprovalDecision>

/** `answered`: one of the choices of a failure or of a budget was made, or a question has its answer. */
export const ApprovalStatus = z.enum([
  'open',
  'approved',
  'rejected',
  'redraft',
  'revised',
  'answered',
  'expired',
  'withdrawn',
])
export type ApprovalStatus = z.infer<typeof ApprovalStatus>

/** What happens when nobody decides until the deadline: the task is cancelled, the agent is told so, or everything stays as it is and goes on. Silence never approves. */
export const ApprovalSilence = z.enum(['cancel', 'tell-agent', 'keep'])
export type ApprovalSilence = z.infer<typeof ApprovalSilence>

/** Who may decide. An owner may whatever an operator may. */
export const ApproverRole = z.enum(['owner', 'operator'])
export type ApproverRole = z.infer<typeof ApproverRole>

/** SHA-256 of the canonical JSON of what is approved: a decision holds for exactly that. */
export const ApprovalDigest = z.string().regex(/^[0-9a-f]{64}$/, 'a digest is 64 hex digits')
