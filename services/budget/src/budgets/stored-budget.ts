import type { Budget, BudgetId } from '@maestro/contracts/budget/budget'
import { defaultAlertPercents, globalBudgetId } from '@maestro/contracts/budget/budget'
import type { TaskId } from '@maestro/contracts/ids'

/** A budget as the service keeps it. */
export type StoredBudget = Budget & {
  /** Reservations from this moment on count, whenever they are settled. */
  readonly countsFrom: Date
  /** The limit that a task's calls brought last, in nano-dollars. Another one replaces the limit; the same leaves what its owner set since. */
  broughtNanoUsd: number | null
}

const sinceEver = new Date(0)

export const newGlobalBudget = (limit: number): StoredBudget => ({
  budgetId: globalBudgetId,
  scope: 'global',
  id: 'global',
  unit: 'nano-usd',
  period: 'monthly',
  timeZone: 'UTC',
  limit,
  action: 'ask',
  alertPercents: [...defaultAlertPercents],
  countsFrom: sinceEver,
  broughtNanoUsd: null,
})

/** The id of a task's own budget is that of the task. */
export const taskBudgetIdOf = (taskId: TaskId) => taskId as string as BudgetId

export const newTaskBudget = (taskId: TaskId, limit: number): StoredBudget => ({
  ...newGlobalBudget(limit),
  budgetId: taskBudgetIdOf(taskId),
  scope: 'task',
  id: taskId,
  period: 'once',
  broughtNanoUsd: limit,
})
