import type { StepId } from '@maestro/contracts/ids'
import type { BornTask } from '../task.ts'

/** The task is not paused, or this step was let through, or the one that became it. */
export const mayGoOn = (task: BornTask, stepId: StepId): boolean => {
  if (task.pause === null || task.steppedIds.includes(stepId)) return true
  const parentId = task.steps[stepId]?.partOf?.parentId
  return parentId !== undefined && mayGoOn(task, parentId)
}
