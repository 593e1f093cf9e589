import type { StepId } from '@maestro/contracts/ids'
import type { BornTask, Step } from '../task.ts'

/** All that the step became, and what these became, each before its own. */
export const partsBelow = (task: BornTask, stepId: StepId): readonly Step[] => {
  const direct = (task.steps[stepId]?.expansion?.stepIds ?? []).flatMap(
    (id) => task.steps[id] ?? [],
  )
  return direct.flatMap((part) => [part, ...partsBelow(task, part.stepId)])
}
