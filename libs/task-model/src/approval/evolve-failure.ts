import type { ApprovalId, StepId } from '@maestro/contracts/ids'
import type { CallStrategy } from '@maestro/contracts/llm/call-strategy'
import type { FailureChoice, FailureQuestion } from '@maestro/contracts/task/failure-question'
import { draftingStatus } from '../drafting/drafting-status.ts'
import { withRecord } from '../calls/evolve-call.ts'
import { withJob } from '../drafting/evolve-drafting.ts'
import type { BornTask, CallRecord } from '../task.ts'
import { withStep } from '../execution/with-step.ts'

/** The step, or the role of the drafting, whose call failed waits for a person; everything else goes on. */
export const askedAfterFailure = (
  task: BornTask,
  { callId, step }: FailureQuestion,
  stepId: StepId | null,
): BornTask => {
  if (step !== undefined && stepId !== null)
    return withStep(task, stepId, () => ({ status: 'needs-you' }))
  if (stepId !== null)
    return withStep(task, stepId, () => ({ status: 'needs-you', phase: 'asked' }))
  const role = task.drafting.calls.findLast((call) => call.callId === callId)?.role
  return role === undefined ? task : withDraftingStatus(withJob(task, role, { phase: 'asked' }))
}

/** Where the call had failed, with what the person said: what follows from that is for the rules. */
export const toldAfterFailure = (
  task: BornTask,
  {
    approvalId,
    decision,
    strategy,
  }: { approvalId: ApprovalId; decision: FailureChoice; strategy?: CallStrategy | undefined },
): BornTask => {
  const { question, stepId } = task.approvals[approvalId] ?? {}
  if (question === undefined || stepId === undefined) return task
  const { callId, suggestion } = question
  if (question.step !== undefined && stepId !== null) {
    // Tried again or left out: the next event says so.
    const meaning = decision === 'go-on' ? 'go-on' : decision === 'fail' ? 'stop' : null
    return withStep(task, stepId, () => ({
      status: 'failed',
      ...(meaning !== null && { told: meaning }),
    }))
  }
  if (callId === undefined) return task
  const told = { ask: { suggestion, decision } } satisfies Partial<CallRecord>
  const wish = strategy === undefined ? {} : { strategy }
  if (stepId !== null) {
    return withStep(task, stepId, ({ calls, attempt }) => ({
      status: attempt === 1 ? 'running' : 'retrying',
      phase: 'call-failed',
      calls: withRecord(calls, callId, told),
      ...wish,
    }))
  }
  const calls = withRecord(task.drafting.calls, callId, told)
  const drafted: BornTask = { ...task, drafting: { ...task.drafting, calls, ...wish } }
  const role = calls.findLast((call) => call.callId === callId)?.role
  return role === undefined
    ? drafted
    : withDraftingStatus(withJob(drafted, role, { phase: 'call-failed' }))
}

const withDraftingStatus = (task: BornTask): BornTask =>
  task.pause === null ? { ...task, status: draftingStatus(task) } : task
