import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { planStepIdOf, type StepId } from '@maestro/contracts/ids'
import { withStep } from '../execution/with-step.ts'
import { answerBytesOf } from '../limits/answer-bytes-of.ts'
import type { BornTask, Step } from '../task.ts'
import { partsBelow } from './parts-below.ts'

/**
 * The task without what the step became in the run that is left behind. What that cost is the step's
 * own from now on. What still waits for a model's answer stays, outside the plan's order, until that is
 * booked: the money is spent.
 */
export const withoutParts = (
  task: BornTask,
  stepId: StepId,
  parts: readonly Step[] = partsBelow(task, stepId),
): BornTask => {
  if (parts.length === 0) return task
  const ids = new Set(parts.map((part) => part.stepId))
  const asking = parts.filter(({ calls }) => calls.some(({ status }) => status === 'running'))
  const gone = parts.filter((part) => !asking.includes(part))
  const steps = {
    ...Object.fromEntries(
      Object.entries<Step>(task.steps).filter(([id]) => !ids.has(id as StepId)),
    ),
    ...Object.fromEntries(asking.map((part) => [part.stepId, leftBehind(part, stepId)])),
  }
  const left = { ...task, steps, order: task.order.filter((id) => !ids.has(id)) }
  return withStep(left, stepId, (step) => withUsed(step, gone))
}

/** The last call of a part that was left behind is booked: nothing of it is waited for any more. */
export const withoutBooked = (task: BornTask, stepId: StepId): BornTask => {
  const part = task.steps[stepId]
  if (part?.leftOf === undefined || part.calls.some(({ status }) => status === 'running'))
    return task
  const { [stepId]: _gone, ...steps } = task.steps
  // The step that left it behind may be left behind itself by now.
  const heir = steps[part.leftOf] === undefined ? planStepIdOf(stepId) : part.leftOf
  return withStep({ ...task, steps }, heir, (step) => ({
    ...withUsed(step, [part]),
    // It was asked for before the step began anew: no cap of this run counts it.
    usedBefore: {
      tokens: (step.usedBefore?.tokens ?? 0) + part.inputTokens + part.outputTokens,
      costNanoUsd: nanoUsd((step.usedBefore?.costNanoUsd ?? 0) + part.costNanoUsd),
    },
  }))
}

const withUsed = (step: Step, gone: readonly Step[]) => {
  const sum = (of: (part: Step) => number) => gone.reduce((total, part) => total + of(part), 0)
  return {
    costNanoUsd: nanoUsd(step.costNanoUsd + sum(({ costNanoUsd }) => costNanoUsd)),
    inputTokens: step.inputTokens + sum(({ inputTokens }) => inputTokens),
    outputTokens: step.outputTokens + sum(({ outputTokens }) => outputTokens),
    answerBytesBefore: (step.answerBytesBefore ?? 0) + sum(answerBytesOf),
  }
}

const leftBehind = (part: Step, leftOf: StepId): Step => ({
  ...part,
  leftOf,
  status: 'skipped',
  skipReason: 'its step began anew',
  phase: null,
  // It takes part in nothing any more.
  needs: [],
})
