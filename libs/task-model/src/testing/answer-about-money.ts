import type { ApprovalId } from '@maestro/contracts/ids'
import { droppableSteps } from '../approval/ask-about-money.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import { decideOn } from './task-command-fixtures.ts'

/** One of the things that a person may say when money has run out. */
export const answerAboutMoney = (
  approvalId: ApprovalId,
  task: BornTask,
  choose: (below: number) => number,
  at: string,
): TaskCommand => {
  const { choices = [], raiseByMin } = task.approvals[approvalId]?.budget ?? {}
  const [dropped] = droppableSteps(task)
  const wish = choices[choose(choices.length)]
  const decision = wish === 'drop-steps' && dropped === undefined ? 'cheaper-model' : wish
  const budget =
    decision === 'raise'
      ? { raiseBy: raiseByMin ?? 1 }
      : decision === 'drop-steps' && dropped
        ? { stepIds: [dropped.stepId] }
        : undefined
  const what = approvalId.split('_').slice(2).join('_')
  return decideOn(what, decision ?? 'stop', { at, ...(budget !== undefined && { budget }) })
}
