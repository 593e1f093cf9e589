import type { StepId } from '@maestro/contracts/ids'
import type { CallStrategy } from '@maestro/contracts/llm/call-strategy'
import type { ApprovalDecision } from '@maestro/contracts/task/approval'
import type { Recorder } from '../recorder.ts'

/** What a person's answer about a failed step leads to. `go-on` and `fail` are in the state with the answer itself. */
export const goOnAfterFailed = (
  stepId: StepId,
  {
    decision,
    reason,
    strategy,
  }: { decision: ApprovalDecision; reason: string; strategy?: CallStrategy | undefined },
  { task, record }: Recorder,
): void => {
  const step = task().steps[stepId]
  if (!step) return
  const { attempt, failure } = step
  if (decision === 'skip') {
    const why = reason.trim() === '' ? `a person left it out after it failed: ${failure}` : reason
    record({ type: 'StepSkipped', data: { stepId, reason: why } })
  } else if (decision === 'retry' || decision === 'other-model') {
    const data = { stepId, attempt, because: 'retry', reason } as const
    record({
      type: 'StepReset',
      data: { ...data, ...(strategy !== undefined && { strategy }) },
    })
  }
}
