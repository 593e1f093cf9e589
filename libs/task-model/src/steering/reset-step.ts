import type { CallStrategy } from '@maestro/contracts/llm/call-strategy'
import type { ResetCause } from '@maestro/contracts/task/reset-cause'
import { partsBelow } from '../expansion/parts-below.ts'
import type { Recorder } from '../recorder.ts'
import type { Approval, Step } from '../task.ts'

/** The step begins anew. What people are asked about it is no question any more. Whatever goes on of what it had become is reset before it, so that its calls are stopped and its questions withdrawn. */
export const resetStep = (
  step: Step,
  {
    because,
    reason,
    strategy,
  }: { because: ResetCause; reason: string; strategy?: CallStrategy | undefined },
  recorder: Recorder,
): void => {
  const { task, record } = recorder
  withdrawOf(step, reason, recorder)
  for (const { stepId, attempt } of partsBelow(task(), step.stepId).filter(goesOn).toReversed())
    record({ type: 'StepReset', data: { stepId, attempt, because, reason } })
  const { stepId, attempt } = step
  const data = { stepId, attempt, because, reason }
  record({ type: 'StepReset', data: { ...data, ...(strategy !== undefined && { strategy }) } })
}

const withdrawOf = (step: Step, reason: string, { task, record }: Recorder): void => {
  const { approvals } = task()
  const gone = new Set([step, ...partsBelow(task(), step.stepId)].map(({ stepId }) => stepId))
  const words = reason.trim() === '' ? 'its step begins anew' : `its step begins anew: ${reason}`
  for (const { approvalId, stepId, status } of Object.values<Approval>(approvals)) {
    if (status !== 'open' || stepId === null || !gone.has(stepId)) continue
    record({ type: 'ApprovalWithdrawn', data: { approvalId, reason: words.slice(0, reasonMax) } })
  }
}

/** Of an event's field. */
const reasonMax = 500

/** Something of it is open: a call, a tool, a question, or what is looked up of it. */
const goesOn = ({ status, phase, condition }: Step): boolean =>
  phase !== null ||
  condition === 'asked' ||
  status === 'running' ||
  status === 'retrying' ||
  status === 'needs-you'
