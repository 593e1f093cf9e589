import type { ApprovalDecision } from '@maestro/contracts/task/approval'
import { FailureChoice } from '@maestro/contracts/task/failure-question'
import type { EventOf } from '../event-of.ts'
import { askedAfterFailure, toldAfterFailure } from './evolve-failure.ts'
import type { Approval, BornTask } from '../task.ts'
import { withStep } from '../execution/with-step.ts'

type ApprovalEvent = EventOf<'ApprovalRequested' | 'ApprovalDecided' | 'ApprovalExpired'>

/** What people are asked, and what they said. */
export const evolveApproval = (task: BornTask, event: ApprovalEvent): BornTask => {
  switch (event.type) {
    case 'ApprovalRequested': {
      const { approvalId, kind, planVersion, stepId, ask, expiresAt, question } = event.data
      const approval: Approval = {
        approvalId,
        kind,
        planVersion,
        stepId,
        ask,
        status: 'open',
        requestedAt: event.at,
        expiresAt,
        decidedBy: null,
        decidedAt: null,
        reason: null,
        ...(question !== undefined && { question }),
      }
      const asked = { ...task, approvals: { ...task.approvals, [approvalId]: approval } }
      if (question !== undefined) return askedAfterFailure(asked, question, stepId)
      if (stepId !== null) return withStep(asked, stepId, () => ({ status: 'needs-you' }))
      return { ...asked, status: 'awaiting-approval', stage: 'approval' }
    }
    case 'ApprovalDecided': {
      const { approvalId, decision, reason } = event.data
      const by = { decidedBy: event.actor.id, decidedAt: event.at, reason }
      if (isFailureChoice(decision)) {
        const answered = withApproval(task, approvalId, { status: 'answered', decision, ...by })
        return toldAfterFailure(answered, { ...event.data, decision })
      }
      const decided = withApproval(task, approvalId, { status: statusOf[decision], ...by })
      const stepId = task.approvals[approvalId]?.stepId ?? null
      if (stepId === null || decision !== 'approve') return decided
      return withStep(decided, stepId, () => ({ status: 'not-ready', approved: true }))
    }
    case 'ApprovalExpired':
      return withApproval(task, event.data.approvalId, { status: 'expired', decidedAt: event.at })
    default:
      event satisfies never
      return task
  }
}

const statusOf = { approve: 'approved', reject: 'rejected', redraft: 'redraft' } as const

const isFailureChoice = (decision: ApprovalDecision): decision is FailureChoice =>
  FailureChoice.options.some((choice) => choice === decision)

const withApproval = (
  task: BornTask,
  approvalId: Approval['approvalId'],
  change: Partial<Approval>,
): BornTask => {
  const approval = task.approvals[approvalId]
  if (!approval) return task
  return { ...task, approvals: { ...task.approvals, [approvalId]: { ...approval, ...change } } }
}
