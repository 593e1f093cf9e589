import { AppError } from '@maestro/contracts/errors'
import type { Recorder } from '../recorder.ts'
import { mustHaveRoom } from '../steering/guidance-max.ts'
import type { Approval } from '../task.ts'
import type { CommandOf } from '../task-command.ts'
import { digestOfAgentChange, isSameAgent } from './digest-of.ts'
import { gainsTools } from './gains-tools.ts'
import { mayDecide } from './may-decide.ts'

/**
 * What a person said about the change of an agent. Approved, as it is or in other words, the agent is
 * that from the next attempts on, the one that waits first; else it stays as it is, and its step goes
 * on: with what it has, or told what should be otherwise.
 */
export const decideAgentChange = (
  command: CommandOf<'DecideApproval'>,
  { approvalId, stepId, digest, agentChange }: Approval,
  { task, record }: Recorder,
): void => {
  const { decision, reason, guidance, agent: edited, actor } = command
  if (agentChange === undefined) return
  const seal = digest === undefined ? {} : { digest }
  if (decision !== 'approve') {
    if (edited !== undefined) {
      const problem = 'an agent is changed by approving it'
      throw new AppError('INVALID_INPUT', { field: 'agent', reason: problem })
    }
    const isTold = decision === 'revise' && guidance !== null
    if (isTold && stepId !== null) mustHaveRoom(stepId, task())
    const told = isTold ? { told: guidance } : {}
    record({ type: 'ApprovalDecided', data: { approvalId, decision, reason, ...seal, ...told } })
    return
  }
  const { agentId, version, before } = agentChange
  const after = { ...agentChange.after, ...edited }
  if (isSameAgent(after, before)) {
    const problem = 'so the agent stays as it is: reject the change instead'
    throw new AppError('INVALID_INPUT', { field: 'agent', reason: problem })
  }
  // More tools than were proposed are not for whoever might have approved fewer.
  if (gainsTools(before, after) && !mayDecide(actor, 'owner'))
    throw new AppError('APPROVAL_NOT_YOURS', { approvalId, mayDecide: 'owner' })
  const isEdited = !isSameAgent(after, agentChange.after)
  record({
    type: 'ApprovalDecided',
    data: {
      approvalId,
      decision,
      reason,
      digest: digestOfAgentChange(agentChange, after),
      ...(isEdited && { agent: after }),
    },
  })
  const present = task().agents[agentId]
  if (present === undefined) return
  const why = reason.trim() === '' ? agentChange.reason : reason
  record({
    type: 'AgentModified',
    data: {
      agent: { ...present, ...after },
      version: version + 1,
      when: 'next-attempt',
      reason: why,
    },
  })
}
