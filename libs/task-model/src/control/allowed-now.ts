import { canGuide } from '../drafting/can-guide.ts'
import { stepCan } from '../steering/step-can.ts'
import type { BornTask, Step } from '../task.ts'
import { canSkip, taskCan } from '../task-can.ts'

const insteadOfEnded: readonly string[] = ['look at its history', 'create a new task']

/** What can be done with a task now, by the names of the endpoints: said beside each rejection that its state causes. */
export const allowedNow = (task: BornTask): readonly string[] => {
  if (task.stage === 'ended') return insteadOfEnded
  const isAsked = Object.values(task.approvals).some(({ status }) => status === 'open')
  const runs = task.stage === 'execution'
  return [
    ...(isAsked ? ['decideApproval'] : []),
    ...(taskCan.pause(task) ? ['pauseTask'] : []),
    ...(taskCan.resume(task) ? ['resumeTask'] : []),
    ...(taskCan.step(task) ? ['stepTask'] : []),
    ...(canGuide(task) ? ['guideDrafting'] : []),
    ...(runs ? ['editPlan', 'modifyAgent', 'giveGuidance'] : []),
    'cancelTask',
  ]
}

/** What can be done with one step of it now. */
export const allowedWith = (task: BornTask, step: Step): readonly string[] => [
  ...(canSkip(task, step) ? ['skipStep'] : []),
  ...(stepCan.retry(task, step) ? ['retryStep'] : []),
  ...(stepCan.rerun(task, step) ? ['rerunFrom'] : []),
  ...(stepCan.guide(task, step) ? ['giveGuidance'] : []),
  ...(stepCan.break(task) ? ['setBreakpoint'] : []),
]
