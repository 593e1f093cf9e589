import { AppError } from '@maestro/contracts/errors'
import { mustGoOn } from './decide-control.ts'
import type { Recorder } from './recorder.ts'
import type { Approval } from './task.ts'
import type { CommandOf } from './task-command.ts'

export const decideApproval = (command: CommandOf<'DecideApproval'>, recorder: Recorder): void => {
  const { approvalId, decision, reason, guidance } = command
  const task = recorder.task()
  const approval = task.approvals[approvalId]
  if (!approval) throw new AppError('NOT_FOUND', { kind: 'approval', approvalId })
  if (approval.status === 'withdrawn') mustGoOn(recorder)
  if (approval.status !== 'open') {
    const { status, decidedBy, decidedAt } = approval
    throw new AppError('APPROVAL_DECIDED', {
      approvalId,
      status,
      decidedBy,
      decidedAt,
      reason: approval.reason,
    })
  }
  mustGoOn(recorder)
  if (hasExpired(approval, recorder)) {
    // The timer may come late; the answer must not come after it.
    const { expiresAt } = approval
    throw new AppError('APPROVAL_DECIDED', { approvalId, status: 'expired', expiresAt })
  }
  if (approval.kind === 'plan' && approval.planVersion !== task.planVersion) {
    const { planVersion } = task
    throw new AppError('APPROVAL_SUPERSEDED', { approvalId, planVersion })
  }
  if (decision !== 'approve' && reason.trim() === '') {
    throw new AppError('INVALID_INPUT', {
      field: 'reason',
      reason: 'say why, so that it can be done better',
    })
  }
  if (decision === 'redraft' && approval.kind !== 'plan') {
    throw new AppError('INVALID_INPUT', {
      field: 'decision',
      reason: 'only a plan can be drafted again',
    })
  }
  recorder.record({ type: 'ApprovalDecided', data: { approvalId, decision, reason } })
  if (decision === 'reject') {
    recorder.record({ type: 'TaskCancelled', data: { reason: `Rejected: ${reason}` } })
  } else if (decision === 'redraft') {
    recorder.record({
      type: 'DraftingStarted',
      data: { round: task.drafting.round + 1, guidance },
    })
  } else if (approval.kind === 'plan') {
    recorder.record({ type: 'TaskStarted', data: { planVersion: approval.planVersion } })
  }
}

const hasExpired = ({ expiresAt }: Approval, { at }: Recorder): boolean =>
  Date.parse(at) >= Date.parse(expiresAt)

/** Silence never approves: an approval that nobody decided ends the task. */
export const expireApproval = (
  { approvalId }: CommandOf<'ExpireApproval'>,
  recorder: Recorder,
): void => {
  const approval = recorder.task().approvals[approvalId]
  if (approval?.status !== 'open' || !hasExpired(approval, recorder)) return
  recorder.record({ type: 'ApprovalExpired', data: { approvalId } })
  recorder.record({
    type: 'TaskCancelled',
    data: { reason: 'Nobody decided the approval in time.' },
  })
}
