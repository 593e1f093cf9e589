import { approvalIdOf } from '@maestro/contracts/ids'
import type { Recorder } from '../recorder.ts'
import type { Step } from '../task.ts'
import { expiryOf } from './approval-expiry.ts'
import { digestOfStep } from './digest-of.ts'

/** Asks a person before a step begins. */
export const askAboutStep = (step: Step, { task, record, at }: Recorder): void => {
  const { taskId, planVersion, approvals } = task()
  const { stepId, title } = step
  const place = stepId.replace('_', '-')
  const isAsked = (what: string) => Object.hasOwn(approvals, approvalIdOf(taskId, what))
  let what = place
  // An earlier question about it was about something else.
  for (let again = 2; isAsked(what); again += 1) what = `${place}-${again}`
  record({
    type: 'ApprovalRequested',
    data: {
      approvalId: approvalIdOf(taskId, what),
      kind: 'step',
      planVersion: planVersion ?? 1,
      stepId,
      ask: `Run step "${title}"?`,
      expiresAt: expiryOf(at),
      digest: digestOfStep(step, task()),
      silence: 'cancel',
      mayDecide: 'operator',
    },
  })
}
