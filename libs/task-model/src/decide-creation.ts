import { recordPlan } from './plan/record-plan.ts'
import type { Recorder } from './recorder.ts'
import type { CommandOf } from './task-command.ts'

export const createTask = (
  command: CommandOf<'CreateTask'>,
  { record, ...recorder }: Recorder,
): void => {
  const { title, goal, inputs, options, plan } = command
  record({
    type: 'TaskCreated',
    data: { title, goal, inputs: [...inputs], options, planGiven: plan !== null },
  })
  if (plan === null) {
    record({ type: 'DraftingStarted', data: { round: 1, guidance: null } })
    return
  }
  recordPlan(plan, { version: 1, author: 'person', callId: null }, { record, ...recorder })
  record({ type: 'PlanConverged', data: { version: 1, reason: 'given' } })
}
