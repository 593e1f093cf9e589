import { getBudget } from '@maestro/contracts/budget/limit-endpoints'
import { BudgetId } from '@maestro/contracts/budget/budget'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { Call } from '@maestro/service-kit/call'
import { refusalOf } from '@maestro/task-model/control/decide-budget'
import type { CommandHandler } from '../command/command-handler.ts'
import { limitNow } from './limit-now.ts'
import { resumeCommand } from './resume-command.ts'

/** Lets a task that was refused go on if there is money for it by now. @returns when to look again; null: it does not wait, or not for a window. */
export type LookForMoney = (taskId: TaskId) => Promise<Date | null>

export const createLookForMoney =
  ({ commands, call }: { commands: CommandHandler; call: Call }): LookForMoney =>
  async (taskId) => {
    const resume = (because: Parameters<typeof resumeCommand>[0]) =>
      commands.handle({ taskId, command: resumeCommand(because) })
    const refusal = refusalOf(await resume({ kind: 'window' }))
    if (refusal === null) return null
    const { budget, until } = refusal
    if (budget !== null) {
      const limit = limitNow(await levelOf(call, budget.budgetId))
      const task = await resume({ kind: 'limit', budgetId: budget.budgetId, limit })
      if (refusalOf(task) === null) return null
    }
    return until === null ? null : new Date(until)
  }

/** Null: there is no such budget any more. @throws {AppError} an outage. */
const levelOf = async (call: Call, budgetId: string) => {
  try {
    const { level } = await call(getBudget, { budgetId: BudgetId.parse(budgetId) })
    return level
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null
    throw error
  }
}
