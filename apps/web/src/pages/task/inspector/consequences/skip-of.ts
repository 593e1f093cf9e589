import type { StepId } from '@maestro/contracts/ids'
import { isUnbegun, whyMissing } from '@maestro/task-model/execution/readiness-of'
import type { BornTask, Step } from '@maestro/task-model/task'

export type Skip = {
  /** Left out with it, as they need nothing else; the step itself is the first. */
  readonly skipped: readonly Step[]
  /** Go on without the output of one of these. */
  readonly without: readonly Step[]
  /** The task ends without a result. */
  readonly losesResult: boolean
}

/** What leaving a step out means, by the rules that the engine goes by. */
export const skipOf = (task: BornTask, stepId: StepId): Skip => {
  const steps: Record<StepId, Step> = { ...task.steps }
  const imagined: BornTask = { ...task, steps }
  const skipped: Step[] = []
  const leaveOut = (id: StepId) => {
    const step = task.steps[id]
    if (step === undefined) return
    steps[id] = { ...step, status: 'skipped' }
    skipped.push(step)
  }
  leaveOut(stepId)
  // Each round leaves out what needs only what was left out before; the last one finds nothing.
  for (let before = 0; before < skipped.length;) {
    before = skipped.length
    for (const id of task.order) {
      const step = steps[id]
      if (step !== undefined && isUnbegun(step) && whyMissing(step, imagined) !== null) leaveOut(id)
    }
  }
  const ids = new Set(skipped.map((step) => step.stepId))
  const without = task.order.flatMap((id) => {
    const step = steps[id]
    return step !== undefined && isUnbegun(step) && step.needs.some((need) => ids.has(need))
      ? [step]
      : []
  })
  return {
    skipped,
    without,
    losesResult: task.resultStepId !== null && ids.has(task.resultStepId),
  }
}
