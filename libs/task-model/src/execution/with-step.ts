import type { StepId } from '@maestro/contracts/ids'
import type { BornTask, Step } from '../task.ts'

/** The task with one step changed; the task itself when it has no such step. */
export const withStep = (
  task: BornTask,
  stepId: StepId,
  change: (step: Step) => Partial<Step>,
): BornTask => {
  const step = task.steps[stepId]
  if (!step) return task
  return { ...task, steps: { ...task.steps, [stepId]: { ...step, ...change(step) } } }
}
