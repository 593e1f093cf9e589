import type { BudgetScope } from '@maestro/contracts/budget/budget-refusal'
import type { Level } from '../budgets/level.ts'
import type { ScopeKey } from '../budgets/level-rows.ts'
import type { StoredBudget } from '../budgets/stored-budget.ts'
import type { Changes } from './changes.ts'
import type { Reservation } from './reservation.ts'
import { scopesOver } from './scopes-over.ts'

/**
 * What a copy knows of the books at one version. It holds while that version is the newest: whoever
 * writes gives the books another one.
 *
 * Complete in this sense: of a scope that is known all budgets are, with all their levels in the windows
 * of the moment at which they were read and later, and over a reservation that is known all scopes are,
 * with their levels in its own windows. A level that is not there has nothing counted on it.
 */
export type KnownBooks = {
  /** Undefined: the scope is not known. */
  budgetsOf: (scope: BudgetScope, id: string) => readonly StoredBudget[] | undefined
  level: (levelId: string) => Level | undefined
  reservation: (attemptId: string) => Reservation | undefined
  learn: (read: ReadBooks) => void
  /** Follows a batch that was committed. Reservations that hold nothing any more are forgotten. */
  keep: (changes: Changes) => void
  /** Scopes, levels and reservations known: all that grows with the calls. A task without a limit is a scope that has no level. */
  size: () => number
}

export type ReadBooks = {
  /** Those that were asked for; scopes of the reservations count as asked for. */
  readonly scopes: readonly ScopeKey[]
  readonly budgets: readonly StoredBudget[]
  readonly levels: readonly Level[]
  readonly reservations: readonly Reservation[]
}

export const createKnownBooks = (): KnownBooks => {
  const budgets: Record<BudgetScope, Map<string, readonly StoredBudget[]>> = {
    global: new Map(),
    user: new Map(),
    task: new Map(),
    agent: new Map(),
  }
  const levels = new Map<string, Level>()
  const reservations = new Map<string, Reservation>()

  return {
    budgetsOf: (scope, id) => budgets[scope].get(id),
    level: (levelId) => levels.get(levelId),
    reservation: (attemptId) => reservations.get(attemptId),
    learn: (read) => {
      for (const { scope, id } of [...read.scopes, ...read.reservations.flatMap(scopesOver)])
        budgets[scope].set(id, [])
      for (const budget of read.budgets) {
        const others = budgets[budget.scope].get(budget.id) ?? []
        budgets[budget.scope].set(budget.id, [...others, budget])
      }
      for (const level of read.levels) levels.set(level.levelId, level)
      for (const reservation of read.reservations)
        reservations.set(reservation.attemptId, reservation)
    },
    keep: (changes) => {
      for (const budget of changes.budgets) {
        const others = (budgets[budget.scope].get(budget.id) ?? []).filter(
          ({ budgetId }) => budgetId !== budget.budgetId,
        )
        budgets[budget.scope].set(budget.id, [...others, budget])
      }
      for (const level of changes.levels) levels.set(level.levelId, level)
      for (const { reservation } of changes.bookings) {
        if (reservation.state === 'held') reservations.set(reservation.attemptId, reservation)
        else reservations.delete(reservation.attemptId)
      }
    },
    size: () => {
      const scopes = Object.values(budgets).reduce((sum, { size }) => sum + size, 0)
      return scopes + levels.size + reservations.size
    },
  }
}
