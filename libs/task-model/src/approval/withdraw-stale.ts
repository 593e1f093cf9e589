import type { Recorder } from '../recorder.ts'
import type { Approval, BornTask } from '../task.ts'
import { agentVersionOf } from '../steering/agent-of.ts'
import { isWaiting } from './evolve-agent-change.ts'
import { digestOfStep } from './digest-of.ts'
import { isPresentUse } from './evolve-tool-question.ts'

/** An approval of what is no more, or something else by now, is void: what still has to be asked is asked anew. */
export const withdrawStale = ({ task, record }: Recorder): void => {
  for (const approval of Object.values<Approval>(task().approvals)) {
    if (approval.status !== 'open') continue
    const reason = whyStale(approval, task())
    if (reason === null) continue
    record({ type: 'ApprovalWithdrawn', data: { approvalId: approval.approvalId, reason } })
  }
}

const whyStale = (approval: Approval, task: BornTask): string | null => {
  const { kind, stepId, digest, toolUse, agentChange } = approval
  if (toolUse !== undefined)
    return isPresentUse(task, approval) ? null : 'the attempt that asked is over'
  if (agentChange !== undefined) {
    if (!isWaiting(task, approval)) return 'the attempt that asked is over'
    const { agentId, name, version } = agentChange
    if (agentVersionOf(task, agentId) === version) return null
    return `agent "${name}" was changed meanwhile: it is version ${agentVersionOf(task, agentId)}`
  }
  const step = stepId === null ? undefined : task.steps[stepId]
  if (kind === 'failure' && stepId !== null) {
    // A step that has failed for good is asked about between attempts.
    const waits = approval.question?.step ? step?.status === 'needs-you' : step?.phase === 'asked'
    return waits ? null : 'the attempt that asked is over'
  }
  if (kind !== 'step') return null
  if (step?.status !== 'needs-you') return 'the step does not wait for it any more'
  if ((step.editedIn ?? 0) > approval.planVersion) return 'the plan of the step was changed'
  if (digest === undefined || digest === digestOfStep(step, task)) return null
  return 'what the step is told or given has changed'
}
