import type { StepPhase } from '../execution/step-phase.ts'
import type { Step, Task } from '../task.ts'

const finishing: ReadonlySet<StepPhase> = new Set(['calling', 'tools', 'judging'])

/** Steps that go on by themselves although the task is paused: a call of theirs, or a tool, is in flight and finishes. */
export const finishingSteps = (task: Task): readonly Step[] => {
  if (task.status === 'unborn' || task.stage === 'ended') return []
  return task.order.flatMap((stepId) => {
    const step = task.steps[stepId]
    return step?.phase && finishing.has(step.phase) ? [step] : []
  })
}
