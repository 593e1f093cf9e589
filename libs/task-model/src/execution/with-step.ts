import type { StepId } from '@maestro/contracts/ids'
import type { BornTask, Step } from '../task.ts'
import { changeStep } from './change-step.ts'

/** The task with some of one step changed; the task itself when it has no such step. */
export const withStep = (
  task: BornTask,
  stepId: StepId,
  change: (step: Step) => Partial<Step>,
): BornTask => changeStep(task, stepId, (step) => ({ ...step, ...change(step) }))
