import type { ApprovalDecision } from '@maestro/contracts/task/approval'
import { type Payload, payloadOf } from '@maestro/service-kit/payload'

/** What is said with them, the Planner or an agent reads. */
const tellingDecisions: ReadonlySet<ApprovalDecision> = new Set([
  'redraft',
  'revise',
  'reject',
  'answer',
])

/** A person's reason as the Planner reads it, or the agent that waits; null where nobody does. */
export const guidanceSaid = (decision: ApprovalDecision, reason: string): Payload | null =>
  tellingDecisions.has(decision) && reason.trim() !== ''
    ? payloadOf('orchestrator', reason, 'text/markdown')
    : null
