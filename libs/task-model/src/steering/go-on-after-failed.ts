import type { StepId } from '@maestro/contracts/ids'
import type { CallStrategy } from '@maestro/contracts/llm/call-strategy'
import type { ApprovalDecision } from '@maestro/contracts/task/approval'
import type { Recorder } from '../recorder.ts'
import { resetStep } from './reset-step.ts'

/** What a person's answer about a failed step leads to. `go-on` and `fail` are in the state with the answer itself. */
export const goOnAfterFailed = (
  stepId: StepId,
  {
    decision,
    reason,
    strategy,
  }: { decision: ApprovalDecision; reason: string; strategy?: CallStrategy | undefined },
  recorder: Recorder,
): void => {
  const step = recorder.task().steps[stepId]
  if (!step) return
  const { failure } = step
  if (decision === 'skip') {
    const why = reason.trim() === '' ? `a person left it out after it failed: ${failure}` : reason
    recorder.record({ type: 'StepSkipped', data: { stepId, reason: why } })
  } else if (decision === 'retry' || decision === 'other-model') {
    resetStep(step, { because: 'retry', reason, strategy }, recorder)
  }
}
