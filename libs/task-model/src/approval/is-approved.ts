import type { StepId } from '@maestro/contracts/ids'
import type { BornTask, Step } from '../task.ts'
import { digestOfStep } from './digest-of.ts'

/**
 * Whether a person let the step run as it would run now: what it is told, given, or may use can have changed
 * since they looked. What a step became was let run with it. Each digest is made once.
 */
export const approvedIn = (task: BornTask): ((step: Step) => boolean) => {
  const known = new Map<StepId, boolean>()
  const isApproved = (step: Step): boolean => {
    const { stepId, approved, approvedDigest, partOf } = step
    if (!approved) return false
    const said = known.get(stepId)
    if (said !== undefined) return said
    const whole = partOf === undefined ? undefined : task.steps[partOf.parentId]
    const holds =
      approvedDigest === undefined
        ? whole === undefined || isApproved(whole)
        : approvedDigest === digestOfStep(step, task)
    known.set(stepId, holds)
    return holds
  }
  return isApproved
}
