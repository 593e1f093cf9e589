import type { ApprovalDecision } from '@maestro/contracts/task/approval'
import { BudgetChoice } from '@maestro/contracts/task/budget-question'
import { FailureChoice } from '@maestro/contracts/task/failure-question'
import { askedAboutAgent, toldAboutAgent } from './evolve-agent-change.ts'
import type { EventOf } from '../event-of.ts'
import { askedAfterFailure, toldAfterFailure } from './evolve-failure.ts'
import type { Approval, BornTask, ToolVerdict } from '../task.ts'
import { withStep } from '../execution/with-step.ts'
import { askedAboutMoney, toldAboutMoney } from './evolve-money.ts'
import { askedAboutTool, toldAboutTool } from './evolve-tool-question.ts'

type ApprovalEvent = EventOf<
  'ApprovalRequested' | 'ApprovalDecided' | 'ApprovalExpired' | 'ApprovalWithdrawn'
>

/** What people are asked, and what they said. */
export const evolveApproval = (task: BornTask, event: ApprovalEvent): BornTask => {
  switch (event.type) {
    case 'ApprovalRequested': {
      const { approvalId, kind, planVersion, stepId, ask, expiresAt, question } = event.data
      const { toolUse, budget, agentChange, digest, silence, mayDecide } = event.data
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
        ...(toolUse !== undefined && { toolUse }),
        ...(budget !== undefined && { budget }),
        ...(agentChange !== undefined && { agentChange }),
        ...(digest !== undefined && { digest }),
        ...(silence !== undefined && { silence }),
        ...(mayDecide !== undefined && { mayDecide }),
      }
      const asked = { ...task, approvals: { ...task.approvals, [approvalId]: approval } }
      if (budget !== undefined) return askedAboutMoney(asked, approvalId)
      if (question !== undefined) return askedAfterFailure(asked, question, stepId)
      if (toolUse !== undefined) return askedAboutTool(asked, approval)
      if (agentChange !== undefined) return askedAboutAgent(asked, approval)
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
      if (isBudgetChoice(decision)) {
        const answered = withApproval(task, approvalId, { status: 'answered', decision, ...by })
        return toldAboutMoney(answered, event.data)
      }
      const { digest, told, agent } = event.data
      const decided = withApproval(task, approvalId, {
        status: statusOf[decision],
        ...(digest !== undefined && { digest }),
        ...(agent !== undefined && { agent }),
        ...by,
      })
      const approval = decided.approvals[approvalId]
      if (approval?.toolUse !== undefined)
        return toldAboutTool(decided, approval, verdictOf(event.data))
      // It goes on, or begins, with the words of whoever wants it otherwise.
      const words = told === undefined ? [] : [{ text: told, by: event.actor.id, at: event.at }]
      if (approval?.agentChange !== undefined) return toldAboutAgent(decided, approval, words)
      const stepId = task.approvals[approvalId]?.stepId ?? null
      if (stepId === null || (decision !== 'approve' && decision !== 'revise')) return decided
      return withStep(decided, stepId, ({ guidance = [] }) => ({
        status: 'not-ready',
        approved: true,
        ...(approval?.digest !== undefined && { approvedDigest: approval.digest }),
        ...(words.length > 0 && { guidance: [...guidance, ...words] }),
      }))
    }
    case 'ApprovalExpired': {
      const { approvalId, told } = event.data
      const expired = withApproval(task, approvalId, { status: 'expired', decidedAt: event.at })
      const approval = expired.approvals[approvalId]
      if (approval?.agentChange !== undefined) return toldAboutAgent(expired, approval)
      if (approval?.toolUse === undefined || told === undefined) return expired
      return toldAboutTool(expired, approval, {
        kind: 'refuse',
        reason: 'nobody answered in time',
        result: told,
      })
    }
    case 'ApprovalWithdrawn': {
      const { approvalId, reason } = event.data
      const approval = task.approvals[approvalId]
      const { kind, stepId } = approval ?? {}
      const by = { decidedAt: event.at, reason, withdrawnBy: event.actor.id }
      const withdrawn = withApproval(task, approvalId, { status: 'withdrawn', ...by })
      if (approval?.agentChange !== undefined) return toldAboutAgent(withdrawn, approval)
      if (kind !== 'step' || stepId === undefined || stepId === null) return withdrawn
      return withStep(withdrawn, stepId, ({ status }) =>
        status === 'needs-you' ? { status: 'not-ready' } : {},
      )
    }
    default:
      event satisfies never
      return task
  }
}

const statusOf = {
  approve: 'approved',
  reject: 'rejected',
  redraft: 'redraft',
  revise: 'revised',
  answer: 'answered',
} as const

const verdictOf = ({
  decision,
  reason,
  told,
  arguments: args,
}: EventOf<'ApprovalDecided'>['data']): ToolVerdict => {
  if (told === undefined) return { kind: 'run', ...(args !== undefined && { arguments: args }) }
  if (decision === 'answer') return { kind: 'answer', ok: true, result: told }
  return { kind: 'refuse', reason, result: told }
}

const isBudgetChoice = (decision: ApprovalDecision): decision is BudgetChoice =>
  BudgetChoice.options.some((choice) => choice === decision)

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
