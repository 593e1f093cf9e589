import type { ApprovalId } from '@maestro/contracts/ids'
import type { TaskEventData } from '@maestro/contracts/task/task-events'
import type { BornTask, Task } from '../task.ts'
import { raisedLimitOf } from './evolve-money.ts'

/** A person wants a budget to let more through: its limit is this at least. */
export type MoneyEffect = { kind: 'raise-budget'; budgetId: string; limit: number }

const raiseEffectId = (approvalId: ApprovalId) => `raise:${approvalId}`

/** What an answer about money asks for. */
export const moneyEffects = (
  data: TaskEventData<'ApprovalDecided'>,
  { approvals }: BornTask,
): ({ id: string; dueAt: null } & MoneyEffect)[] => {
  const raised = raisedLimitOf(approvals[data.approvalId] ?? {}, data)
  if (raised === null) return []
  return [{ id: raiseEffectId(data.approvalId), dueAt: null, kind: 'raise-budget', ...raised }]
}

/** A task that goes on waits for no raise. */
export const closedByResume = (before: Task): readonly string[] => {
  const approvalId = before.status === 'unborn' ? undefined : before.pause?.approvalId
  return approvalId === undefined ? [] : [raiseEffectId(approvalId)]
}
