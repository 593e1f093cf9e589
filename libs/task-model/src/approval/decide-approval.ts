import { AppError } from '@maestro/contracts/errors'
import { decideAgentChange } from './decide-agent-change.ts'
import { choicesOf } from './choices.ts'
import { decideMoney } from './decide-money.ts'
import { digestOfPlan } from './digest-of.ts'
import { decideTool } from './decide-tool-question.ts'
import { mayDecide } from './may-decide.ts'
import { isPresentUse } from './evolve-tool-question.ts'
import { mustGoOn } from '../control/decide-control.ts'
import { goOnAfterFailed } from '../steering/go-on-after-failed.ts'
import type { Recorder } from '../recorder.ts'
import { mustHaveRoom } from '../steering/guidance-max.ts'
import { recordEdits } from '../surgery/decide-surgery.ts'
import { presentVersion } from '../surgery/plan-shape.ts'
import type { Approval, PlanVersion } from '../task.ts'
import type { CommandOf } from '../task-command.ts'

export const decideApproval = (command: CommandOf<'DecideApproval'>, recorder: Recorder): void => {
  const { approvalId, decision, reason, guidance, strategy } = command
  const task = recorder.task()
  const approval = task.approvals[approvalId]
  if (!approval) throw new AppError('NOT_FOUND', { kind: 'approval', approvalId })
  // What the task's end closed was closed by nobody.
  if (approval.status === 'withdrawn' && approval.withdrawnBy === undefined) mustGoOn(recorder)
  if (approval.status !== 'open') {
    const { status, decidedBy, decidedAt, withdrawnBy } = approval
    throw new AppError('APPROVAL_DECIDED', {
      approvalId,
      status,
      decidedBy,
      decidedAt,
      reason: approval.reason,
      ...(approval.decision !== undefined && { decision: approval.decision }),
      ...(withdrawnBy !== undefined && { withdrawnBy }),
    })
  }
  mustGoOn(recorder)
  if (approval.toolUse !== undefined && !isPresentUse(task, approval))
    throw new AppError('APPROVAL_SUPERSEDED', { approvalId, stepId: approval.stepId })
  if (hasExpired(approval, recorder)) {
    // The timer may come late; the answer must not come after it.
    const { expiresAt } = approval
    throw new AppError('APPROVAL_DECIDED', { approvalId, status: 'expired', expiresAt })
  }
  if (approval.kind === 'plan' && approval.planVersion !== task.planVersion) {
    const { planVersion } = task
    // Who made it another one, and when.
    const { author, proposedAt } = presentVersion(task) ?? {}
    const since = { author: author ?? null, supersededAt: proposedAt ?? null }
    throw new AppError('APPROVAL_SUPERSEDED', { approvalId, planVersion, ...since })
  }
  const { mayDecide: least = 'operator', digest } = approval
  if (!mayDecide(command.actor, least))
    throw new AppError('APPROVAL_NOT_YOURS', { approvalId, mayDecide: least })
  if (command.digest !== undefined && digest !== undefined && command.digest !== digest)
    throw new AppError('APPROVAL_SUPERSEDED', { approvalId, digest })
  mustBeAChoice(command, approval)
  if (approval.kind === 'failure') {
    const told = { approvalId, decision, reason, ...(strategy !== undefined && { strategy }) }
    // What follows from it, follows when the task is not paused.
    recorder.record({ type: 'ApprovalDecided', data: told })
    if (approval.question?.step !== undefined && approval.stepId !== null)
      goOnAfterFailed(approval.stepId, command, recorder)
    return
  }
  if (approval.kind === 'budget') return decideMoney(command, approval, recorder)
  if (decision !== 'approve' && reason.trim() === '') {
    throw new AppError('INVALID_INPUT', {
      field: 'reason',
      reason: 'say why, so that it can be done better',
    })
  }
  if (approval.toolUse !== undefined) return decideTool(command, approval, recorder)
  if (command.arguments !== undefined) {
    const problem = 'only a tool use can be approved with other arguments'
    throw new AppError('INVALID_INPUT', { field: 'arguments', reason: problem })
  }
  if (approval.agentChange !== undefined) return decideAgentChange(command, approval, recorder)
  if (decision === 'revise') {
    if (approval.stepId !== null) mustHaveRoom(approval.stepId, task)
    const words = guidance === null ? {} : { told: guidance }
    const seal = digest === undefined ? {} : { digest }
    recorder.record({
      type: 'ApprovalDecided',
      data: { approvalId, decision, reason, ...seal, ...words },
    })
    return
  }
  const edited = editAsSaid(command, recorder)
  const seal = edited === null ? digest : digestOfPlan(edited.hash)
  recorder.record({
    type: 'ApprovalDecided',
    data: {
      approvalId,
      decision,
      reason,
      ...(seal !== undefined && { digest: seal }),
      ...(edited !== null && { planVersion: edited.version }),
    },
  })
  if (decision === 'reject') {
    recorder.record({ type: 'TaskCancelled', data: { reason: `Rejected: ${reason}` } })
  } else if (decision === 'redraft') {
    recorder.record({
      type: 'DraftingStarted',
      data: { round: task.drafting.round + 1, guidance },
    })
  } else if (approval.kind === 'plan') {
    const planVersion = recorder.task().planVersion ?? approval.planVersion
    recorder.record({ type: 'TaskStarted', data: { planVersion } })
  }
}

/** The version that a person approves in place of the one that they were asked about; null: it is that one. */
const editAsSaid = (
  { edits, reason }: CommandOf<'DecideApproval'>,
  recorder: Recorder,
): PlanVersion | null => {
  const asked = presentVersion(recorder.task())
  if (edits === undefined || asked === undefined) return null
  recordEdits(asked, edits, reason, recorder)
  const edited = presentVersion(recorder.task())
  return edited === undefined || edited.version === asked.version ? null : edited
}

/** @throws {AppError} `INVALID_INPUT`, with what could be chosen. */
const mustBeAChoice = (
  { decision, strategy, edits, budget, agent }: CommandOf<'DecideApproval'>,
  approval: Approval,
): void => {
  const possible = choicesOf(approval)
  if (!possible.includes(decision)) {
    const reason = `this can be answered with: ${possible.join(', ')}`
    throw new AppError('INVALID_INPUT', { field: 'decision', reason, choices: possible })
  }
  if (edits !== undefined && (approval.kind !== 'plan' || decision !== 'approve')) {
    const reason = 'only a plan is approved with edits'
    throw new AppError('INVALID_INPUT', { field: 'edits', reason })
  }
  if (budget !== undefined && approval.kind !== 'budget') {
    const reason = 'only where money has run out'
    throw new AppError('INVALID_INPUT', { field: 'budget', reason })
  }
  if (agent !== undefined && approval.kind !== 'agent') {
    const reason = 'only the change of an agent is approved in other words'
    throw new AppError('INVALID_INPUT', { field: 'agent', reason })
  }
  const saysWhom = strategy?.providers !== undefined || strategy?.models !== undefined
  const asksOther = decision === 'other-model' || decision === 'cheaper-model'
  if (asksOther ? saysWhom : strategy === undefined) return
  const reason = asksOther
    ? 'say whom to ask: providers, models, or both'
    : 'only other-model and cheaper-model take a strategy'
  throw new AppError('INVALID_INPUT', { field: 'strategy', reason })
}

const hasExpired = ({ expiresAt }: Approval, { at }: Recorder): boolean =>
  Date.parse(at) >= Date.parse(expiresAt)

/** Silence never approves: it ends the task, the agent that waits for a tool is told, or an agent stays as it is. */
export const expireApproval = (
  { approvalId, told }: CommandOf<'ExpireApproval'>,
  recorder: Recorder,
): void => {
  const approval = recorder.task().approvals[approvalId]
  if (approval?.status !== 'open' || !hasExpired(approval, recorder)) return
  if (approval.silence === 'tell-agent') {
    recorder.record({ type: 'ApprovalExpired', data: { approvalId, told } })
    return
  }
  recorder.record({ type: 'ApprovalExpired', data: { approvalId } })
  if (approval.silence === 'keep') return
  recorder.record({
    type: 'TaskCancelled',
    data: { reason: 'Nobody decided the approval in time.' },
  })
}
