import type { CallStrategy } from '@maestro/contracts/llm/call-strategy'
import type { ResetCause } from '@maestro/contracts/task/reset-cause'
import { partsBelow } from '../expansion/parts-below.ts'
import type { Recorder } from '../recorder.ts'
import type { Step } from '../task.ts'
import { reasonMax, withdrawQuestions } from './withdraw-questions.ts'

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
  const gone = [step, ...partsBelow(task(), step.stepId)].map(({ stepId }) => stepId)
  const words = reason.trim() === '' ? 'its step begins anew' : `its step begins anew: ${reason}`
  withdrawQuestions(gone, words.slice(0, reasonMax), recorder)
  for (const { stepId, attempt } of partsBelow(task(), step.stepId).filter(goesOn).toReversed())
    record({ type: 'StepReset', data: { stepId, attempt, because, reason } })
  const { stepId, attempt } = step
  const data = { stepId, attempt, because, reason }
  record({ type: 'StepReset', data: { ...data, ...(strategy !== undefined && { strategy }) } })
}

/** Something of it is open: a call, a tool, a question, or what is looked up of it. */
export const goesOn = ({ status, phase, condition }: Step): boolean =>
  phase !== null ||
  condition === 'asked' ||
  status === 'running' ||
  status === 'retrying' ||
  status === 'needs-you'
