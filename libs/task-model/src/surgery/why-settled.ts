import type { StepId } from '@maestro/contracts/ids'
import type { BornTask, Step } from '../task.ts'

/** Why a step cannot be changed any more; null while it can: it has not begun, or it has failed and waits for a person. */
export const whySettled = (step: Step): string | null => {
  const { status, phase, condition, expansion, partOf } = step
  if (partOf !== undefined) return 'it is one of several that a step became'
  if (expansion !== undefined) return 'it has become several steps'
  if (phase !== null) return 'it runs'
  if (condition === 'asked') return 'its condition is looked up now'
  if (status === 'not-ready' || status === 'queued' || status === 'needs-you') return null
  return `it is ${status}`
}

/** Why a step cannot be taken out of the plan; null while it can. What has work behind it stays: it was paid for, and its numbers are used. */
export const whyKept = (step: Step): string | null => {
  if (whySettled(step) !== null) return whySettled(step)
  if (step.failure !== null) return 'it has failed'
  return step.attempt > 0 || step.calls.length > 0 ? 'it has work behind it' : null
}

const namedMax = 20

export const changeableSteps = ({ order, steps }: BornTask): readonly StepId[] =>
  order
    .filter((stepId) => {
      const step = steps[stepId]
      return step !== undefined && whySettled(step) === null
    })
    .slice(0, namedMax)
