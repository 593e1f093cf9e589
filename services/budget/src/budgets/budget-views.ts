import type { BudgetLevel } from '@maestro/contracts/budget/budget-endpoints'
import type { TaskId } from '@maestro/contracts/ids'
import type { NanoUsd } from '@maestro/contracts/money/nano-usd'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import { type GlobalBudget, globalLevelOf, lockGlobalBudget } from './global-budget.ts'
import { type Level, taskLevelIdOf, toBudgetLevel } from './level.ts'
import { readLevels, writeLevels } from './level-rows.ts'

export type BudgetViews = {
  /** The global level of the present window, then the task's where it has one. */
  levelsOf: (taskId: TaskId | null) => Promise<readonly BudgetLevel[]>
  setGlobalLimit: (next: {
    limitNanoUsd: NanoUsd
    period: BudgetLevel['period']
  }) => Promise<BudgetLevel>
}

export const createBudgetViews = ({ sql, now }: { sql: Sql; now: () => Date }): BudgetViews => {
  const currentLevels = async (
    transaction: Transaction,
    taskId: TaskId | null,
  ): Promise<readonly Level[]> => {
    const at = now()
    const global = globalLevelOf(await lockGlobalBudget(transaction, at))
    const taskLevelId = taskId === null ? null : taskLevelIdOf(taskId)
    const levels = await readLevels(transaction, {
      at,
      levelIds: taskLevelId === null ? [] : [taskLevelId],
      attemptIds: [],
    })
    const task = levels.find((level) => level.levelId === taskLevelId)
    return [
      levels.find((level) => level.levelId === global.levelId) ?? global,
      ...(task === undefined ? [] : [task]),
    ]
  }
  const inTransaction = async <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => {
    try {
      return (await sql.begin(work)) as T
    } catch (error) {
      throw asDatabaseOutage(error)
    }
  }

  return {
    levelsOf: (taskId) =>
      inTransaction(async (transaction) =>
        (await currentLevels(transaction, taskId)).map(toBudgetLevel),
      ),

    setGlobalLimit: ({ limitNanoUsd, period }) =>
      inTransaction(async (transaction) => {
        const at = now()
        const before = await lockGlobalBudget(transaction, at)
        await transaction`
          update budgets set limit_nano_usd = ${limitNanoUsd}, period = ${period} where id = 'global'`
        if (before.window.period !== period)
          await openWindow(transaction, await lockGlobalBudget(transaction, at), at)
        const [level] = await currentLevels(transaction, null)
        if (level === undefined) throw new Error('the global budget has no level')
        return toBudgetLevel(level)
      }),
  }
}

type Spending = { settledNanoUsd: NanoUsd; reservedNanoUsd: NanoUsd }

/** Begins another rhythm with what was reserved in its present window, so that a change of rhythm frees no money. */
const openWindow = async (
  transaction: Transaction,
  budget: GlobalBudget,
  at: Date,
): Promise<void> => {
  const level = globalLevelOf(budget)
  const [spending] = await transaction<Spending[]>`
    select
      coalesce(sum(cost_nano_usd) filter (where state = 'settled'), 0)::bigint as "settledNanoUsd",
      coalesce(sum(held_nano_usd) filter (where state = 'held'), 0)::bigint as "reservedNanoUsd"
    from reservations where reserved_at >= ${level.windowStart}`
  const [known] = (await readLevels(transaction, { at, levelIds: [], attemptIds: [] })).filter(
    ({ levelId }) => levelId === level.levelId,
  )
  await writeLevels(transaction, [{ ...(known ?? level), ...spending }])
  // What may still change counts here from now on.
  await transaction`
    update reservations set level_ids = array_append(level_ids, ${level.levelId})
    where reserved_at >= ${level.windowStart} and not ${level.levelId} = any(level_ids)
      and (state = 'held' or estimate is not null)`
}
