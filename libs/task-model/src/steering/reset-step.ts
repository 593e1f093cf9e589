import type { CallStrategy } from '@maestro/contracts/llm/call-strategy'
import type { ResetCause } from '@maestro/contracts/task/reset-cause'
import { partsBelow } from '../expansion/parts-below.ts'
import type { Recorder } from '../recorder.ts'
import type { Step } from '../task.ts'

/** The step begins anew. Whatever goes on of what it had become is reset before it, so that its calls are stopped and its questions withdrawn. */
export const resetStep = (
  step: Step,
  {
    because,
    reason,
    strategy,
  }: { because: ResetCause; reason: string; strategy?: CallStrategy | undefined },
  { task, record }: Recorder,
): void => {
  for (const { stepId, attempt } of partsBelow(task(), step.stepId).filter(goesOn).toReversed())
    record({ type: 'StepReset', data: { stepId, attempt, because, reason } })
  const { stepId, attempt } = step
  const data = { stepId, attempt, because, reason }
  record({ type: 'StepReset', data: { ...data, ...(strategy !== undefined && { strategy }) } })
}

/** Something of it is open: a call, a tool, a question, or what is looked up of it. */
const goesOn = ({ status, phase, condition }: Step): boolean =>
  phase !== null ||
  condition === 'asked' ||
  status === 'running' ||
  status === 'retrying' ||
  status === 'needs-you'
