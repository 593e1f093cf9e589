import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { StepId } from '@maestro/contracts/ids'
import { withStep } from '../execution/with-step.ts'
import { answerBytesOf } from '../limits/answer-bytes-of.ts'
import type { BornTask, Step } from '../task.ts'
import { partsBelow } from './parts-below.ts'

/**
 * The task without what the step became in the run that is left behind. What that cost is the step's
 * own from now on. What still waits for a model's answer stays, outside the plan's order, until that is
 * booked: the money is spent.
 */
export const withoutParts = (task: BornTask, stepId: StepId): BornTask => {
  const parts = partsBelow(task, stepId)
  if (parts.length === 0) return task
  const ids = new Set(parts.map((part) => part.stepId))
  const asking = parts.filter(({ calls }) => calls.some(({ status }) => status === 'running'))
  const gone = parts.filter((part) => !asking.includes(part))
  const steps = {
    ...Object.fromEntries(
      Object.entries<Step>(task.steps).filter(([id]) => !ids.has(id as StepId)),
    ),
    ...Object.fromEntries(asking.map((part) => [part.stepId, leftBehind(part)])),
  }
  const left = { ...task, steps, order: task.order.filter((id) => !ids.has(id)) }
  const sum = (of: (part: Step) => number) => gone.reduce((total, part) => total + of(part), 0)
  return withStep(left, stepId, (step) => ({
    costNanoUsd: nanoUsd(step.costNanoUsd + sum(({ costNanoUsd }) => costNanoUsd)),
    inputTokens: step.inputTokens + sum(({ inputTokens }) => inputTokens),
    outputTokens: step.outputTokens + sum(({ outputTokens }) => outputTokens),
    answerBytesBefore: (step.answerBytesBefore ?? 0) + sum(answerBytesOf),
  }))
}

const leftBehind = (part: Step): Step => ({
  ...part,
  status: 'skipped',
  skipReason: 'its step began anew',
  phase: null,
  // It takes part in nothing any more.
  needs: [],
})
