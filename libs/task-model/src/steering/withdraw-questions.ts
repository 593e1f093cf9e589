import type { StepId } from '@maestro/contracts/ids'
import type { Recorder } from '../recorder.ts'
import type { Approval } from '../task.ts'

/** Of an event's field. */
export const reasonMax = 500

/** What people are asked about these steps is no question any more. */
export const withdrawQuestions = (
  stepIds: readonly StepId[],
  reason: string,
  { task, record }: Recorder,
): void => {
  const gone = new Set(stepIds)
  for (const { approvalId, stepId, status } of Object.values<Approval>(task().approvals)) {
    if (status !== 'open' || stepId === null || !gone.has(stepId)) continue
    record({ type: 'ApprovalWithdrawn', data: { approvalId, reason } })
  }
}
