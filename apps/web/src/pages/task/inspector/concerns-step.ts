import type { StepId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'

/** Answers to questions name the question alone: whose it was stands where it was asked. */
export const isAnswer = ({ type }: TaskEvent) =>
  type === 'ApprovalDecided' || type === 'ApprovalExpired' || type === 'ApprovalWithdrawn'

/** Whether an event is of a step, or of words to the whole task, or may be the answer to a question of it. */
export const concernsStep = (event: TaskEvent, stepId: StepId): boolean => {
  if (isAnswer(event)) return true
  if (!('stepId' in event.data)) return false
  return (
    event.data.stepId === stepId || (event.type === 'GuidanceGiven' && event.data.stepId === null)
  )
}
