import { approvalIdOf } from '@maestro/contracts/ids'
import type { TaskEventData } from '@maestro/contracts/task/task-events'
import type { Recorder } from '../recorder.ts'
import { expiryOf } from './approval-expiry.ts'

type Question = Omit<
  TaskEventData<'ApprovalRequested'>,
  'approvalId' | 'expiresAt' | 'planVersion'
> & {
  /** Where in the task it belongs: the end of its id. A further question about the same gets a number. */
  place: string
  planVersion?: number
  /** Left out: in a week. */
  expiresAt?: string
}

/** Asks a person. Every question of a task is made here. */
export const requestApproval = (
  { place, ...question }: Question,
  { task, record, at }: Recorder,
): void => {
  const { taskId, planVersion, approvals } = task()
  const isAsked = (what: string) => Object.hasOwn(approvals, approvalIdOf(taskId, what))
  let what = place
  // An earlier question about it was about something else, or has been answered.
  for (let again = 2; isAsked(what); again += 1) what = `${place}-${again}`
  record({
    type: 'ApprovalRequested',
    data: {
      approvalId: approvalIdOf(taskId, what),
      planVersion: planVersion ?? 1,
      expiresAt: expiryOf(at),
      ...question,
    },
  })
}
