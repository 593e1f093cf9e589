import { BudgetId } from '@maestro/contracts/budget/budget'
import { getBudget, putBudget } from '@maestro/contracts/budget/limit-endpoints'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { Call } from '@maestro/service-kit/call'
import type { CommandHandler } from '../command/command-handler.ts'
import { limitNow } from './limit-now.ts'
import { resumeCommand } from './resume-command.ts'

/** Lets a budget have this limit at least, as a person wants, and the task that waits for it go on. Done twice, it is done once. */
export type RaiseBudget = (
  taskId: TaskId,
  raise: { budgetId: string; limit: number },
) => Promise<void>

export const createRaiseBudget =
  ({ commands, call }: { commands: CommandHandler; call: Call }): RaiseBudget =>
  async (taskId, { budgetId, limit }) => {
    const now = await raise(call, BudgetId.parse(budgetId), limit)
    const because = { kind: 'limit', budgetId, limit: now } as const
    await commands.handle({ taskId, command: resumeCommand(because) })
  }

/** What it lets through from now on; null: everything. @throws {AppError} an outage. */
const raise = async (call: Call, budgetId: BudgetId, limit: number): Promise<number | null> => {
  try {
    const { level } = await call(getBudget, { budgetId })
    // Somebody else may have raised it further.
    if (level.limit >= limit) return limitNow(level)
    const { scope, id, unit, period, timeZone, action, alertPercents } = level
    const budget = { budgetId, scope, id, unit, period, timeZone, action, alertPercents, limit }
    return limitNow((await call(putBudget, budget)).level)
  } catch (error) {
    // A budget that is gone bounds nothing.
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null
    throw error
  }
}
