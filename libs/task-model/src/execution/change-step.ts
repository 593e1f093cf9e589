import type { StepId } from '@maestro/contracts/ids'
import type { BornTask, Step } from '../task.ts'
import { writableSteps } from './own-steps.ts'

/** The task with one step as `change` makes it; the task itself when it has no such step. */
export const changeStep = (
  task: BornTask,
  stepId: StepId,
  change: (step: Step) => Step,
): BornTask => {
  const step = task.steps[stepId]
  if (!step) return task
  const changed = change(step)
  const steps = writableSteps(task.steps)
  steps[stepId] = changed
  return { ...task, steps }
}
