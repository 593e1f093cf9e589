import { budgetEventData } from '@maestro/contracts/budget/budget-events'
import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import type { TaskId } from '@maestro/contracts/ids'
import type { CommandHandler } from '../command/command-handler.ts'
import { limitNow } from './limit-now.ts'
import { resumeCommand } from './resume-command.ts'
import type { TasksWithoutMoney } from './tasks-without-money.ts'

/** Tasks that go on at once: each asks for its calls anew, and what is left of the money is shared by those that come first. */
const pageMax = 64

/**
 * Handles facts of budgets: one that has another limit, or is gone, lets go on what waits for it.
 * Idempotent, because the rules are asked for each task: one that goes on already is left alone. A
 * task that is refused after this looks for itself whether the limit has changed.
 */
export const resumeWithBudget =
  ({ waiting, commands }: { waiting: TasksWithoutMoney; commands: CommandHandler }) =>
  async (events: readonly CloudEvent[]): Promise<void> => {
    for (const event of events) {
      const changed = changedBudget(event)
      if (changed === null) continue
      const { budgetId } = changed
      for (let after: TaskId | null = null; ;) {
        const page: readonly TaskId[] = await waiting({ budgetId, after, limit: pageMax })
        await Promise.all(
          page.map((taskId) =>
            commands.handle({ taskId, command: resumeCommand({ kind: 'limit', ...changed }) }),
          ),
        )
        after = page.at(-1) ?? null
        if (page.length < pageMax || after === null) break
      }
    }
  }

/** Null: nothing that lets anybody go on. */
const changedBudget = ({ type, data }: CloudEvent) => {
  if (type !== 'maestro.BudgetChanged') return null
  const { change, level } = budgetEventData.BudgetChanged.parse(data)
  return { budgetId: level.budgetId, limit: limitNow(change === 'deleted' ? null : level) }
}
