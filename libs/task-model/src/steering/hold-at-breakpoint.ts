import type { StepId } from '@maestro/contracts/ids'
import type { Recorder } from '../recorder.ts'

/** True when the task is paused before this step, which was about to start. Whoever lets the step through, or goes on, passes it once. */
export const holdAtBreakpoint = (stepId: StepId, { task, record }: Recorder): boolean => {
  const { steps, steppedIds } = task()
  const step = steps[stepId]
  if (step?.breakpoint !== 'set' || steppedIds.includes(stepId)) return false
  const note = `before step "${step.title}"`
  record({ type: 'TaskPaused', data: { reason: 'breakpoint', note, stepId } })
  return true
}
