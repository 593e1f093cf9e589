import { type Budget, type BudgetId, type BudgetLevel } from '@maestro/contracts/budget/budget'
import { budgetsPerScopeIdMax } from '@maestro/contracts/budget/limit-endpoints'
import { AppError } from '@maestro/contracts/errors'
import { appendFacts } from '@maestro/service-kit/append-facts'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import { lockBooks } from '../booking/books-version.ts'
import { readBudget, writeBudgets } from './budget-rows.ts'
import { type Level, levelIdOf, levelOf, toBudgetLevel, underRules } from './level.ts'
import { readCounts, sumOfScope, writeLevels } from './level-rows.ts'
import type { StoredBudget } from './stored-budget.ts'
import { factOf, tellOf } from './tell-of.ts'
import { windowAt } from './window.ts'

// Invariants:
// 1. Budgets change under the same lock as counters: a decision sees the rules before or after, never half.
// 2. A change frees no money: a window that begins with a new budget or rhythm begins with what the
//    ledger says of it, and what is settled later of its reservations counts there.

/** Where budgets are made, changed and taken away. */
export type BudgetDesk = {
  /** @throws {AppError} `INVALID_INPUT`. */
  put: (budget: Budget) => Promise<BudgetLevel>
  /** @throws {AppError} `NOT_FOUND`, `INVALID_INPUT`. */
  remove: (budgetId: BudgetId) => Promise<void>
}

export const createBudgetDesk = ({
  sql,
  now,
  onFacts,
}: {
  sql: Sql
  now: () => Date
  /** Called after facts were committed. */
  onFacts: () => void
}): BudgetDesk => {
  const underLock = async <T>(
    work: (transaction: Transaction, at: Date) => Promise<T>,
  ): Promise<T> => {
    try {
      const result = (await sql.begin(async (transaction) => {
        await lockBooks(transaction)
        return work(transaction, now())
      })) as T
      onFacts()
      return result
    } catch (error) {
      throw asDatabaseOutage(error)
    }
  }

  return {
    put: (budget) =>
      underLock(async (transaction, at) =>
        write(transaction, await readBudget(transaction, budget.budgetId), budget, at),
      ),

    remove: (budgetId) =>
      underLock(async (transaction, at) => {
        const budget = await readBudget(transaction, budgetId)
        if (budget === undefined) throw new AppError('NOT_FOUND', { kind: 'budget', budgetId })
        if (budgetId === budget.id)
          throw new AppError('INVALID_INPUT', {
            reason: 'this budget stays; change its limit instead',
            budgetId,
          })
        const level = await levelAt(transaction, budget, at)
        await transaction`delete from levels where budget_id = ${budgetId}`
        await transaction`delete from budgets where budget_id = ${budgetId}`
        await appendFacts(transaction, [factOf(level, 'BudgetChanged', { change: 'deleted' }, at)])
      }),
  }
}

const levelAt = async (
  transaction: Transaction,
  budget: StoredBudget,
  at: Date,
): Promise<Level> => {
  const window = windowAt(budget, at)
  const levelId = levelIdOf(budget, window)
  return levelOf(budget, window, (await readCounts(transaction, [levelId])).get(levelId))
}

/** The level of a window that begins with a new budget or rhythm. */
const openedAt = async (
  transaction: Transaction,
  budget: StoredBudget,
  moment: Date,
): Promise<Level> => {
  // What people were told in this very window, before it had another rhythm, they know.
  const level = await levelAt(transaction, budget, moment)
  return { ...level, ...(await sumOfScope(transaction, budget, budget.unit, level)) }
}

const write = async (
  transaction: Transaction,
  before: StoredBudget | undefined,
  next: Budget,
  at: Date,
): Promise<BudgetLevel> => {
  await check(transaction, before, next)
  const isOpened =
    before === undefined || before.period !== next.period || before.timeZone !== next.timeZone
  const window = windowAt(next, at)
  const stored: StoredBudget = {
    ...next,
    countsFrom: isOpened ? new Date(window.windowStart) : before.countsFrom,
    broughtNanoUsd: before?.broughtNanoUsd ?? null,
  }
  const old = before === undefined ? null : await levelAt(transaction, before, at)
  const level = isOpened
    ? await openedAt(transaction, stored, at)
    : underRules(old ?? levelOf(stored, window), stored)
  // A copy whose clock is ahead may have reserved in the next window already.
  const later =
    isOpened && level.windowEnd !== null
      ? [await openedAt(transaction, stored, new Date(level.windowEnd))]
      : []
  const told = tellOf(level, at)
  await writeBudgets(transaction, [stored])
  await writeLevels(transaction, [told.level, ...later])
  await appendFacts(transaction, [
    factOf(level, 'BudgetChanged', { change: changeOf(old, level) }, at),
    ...told.facts,
  ])
  return toBudgetLevel(told.level)
}

const changeOf = (old: Level | null, level: Level) => {
  if (old === null) return 'created'
  if (level.limit === old.limit) return 'changed'
  return level.limit > old.limit ? 'raised' : 'lowered'
}

const check = async (
  transaction: Transaction,
  before: StoredBudget | undefined,
  next: Budget,
): Promise<void> => {
  const refuse = (reason: string) => {
    throw new AppError('INVALID_INPUT', { reason, budgetId: next.budgetId })
  }
  const { budgetId, scope, id, unit } = next
  if (before !== undefined) {
    if (before.scope !== scope || before.id !== id || before.unit !== unit)
      refuse('whose a budget is and what it counts stay; make another one')
    return
  }
  if (!budgetId.startsWith('bdg_')) refuse('a budget of this id comes with its task; name it bdg_…')
  const [held] = await transaction<{ count: number }[]>`
    select count(*)::int as count from budgets where scope = ${scope} and scope_id = ${id}`
  if ((held?.count ?? 0) >= budgetsPerScopeIdMax)
    refuse(`one ${scope} has at most ${budgetsPerScopeIdMax} budgets; change or delete one`)
}
