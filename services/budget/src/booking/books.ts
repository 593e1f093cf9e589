import type { BudgetScope } from '@maestro/contracts/budget/budget-refusal'
import type { TaskId } from '@maestro/contracts/ids'
import { amountIn, type Level, levelIdOf, levelOf, underRules } from '../budgets/level.ts'
import { newTaskBudget, type StoredBudget, taskBudgetIdOf } from '../budgets/stored-budget.ts'
import { windowAt } from '../budgets/window.ts'
import { type Billed, type Booking, bookingOf } from './booking.ts'
import type { Changes } from './changes.ts'
import type { KnownBooks } from './known-books.ts'
import type { Reservation } from './reservation.ts'
import { scopesOver, type Who } from './scopes-over.ts'

/**
 * The books of one batch: what is known of budgets, levels and reservations, and what the decisions
 * change of it; what is known stays as it was. A reservation counts on every budget over its call, in the window in which it was made.
 * Counters move only here and only by a line of the ledger, which is what a reservation counted before
 * and counts now. So reservations, ledger and counters say the same, whatever is decided.
 */
export type Books = {
  readonly at: Date
  reservation: (attemptId: string) => Reservation | undefined
  isRevoked: (attemptId: string) => boolean
  /** The levels over a call in the windows of a moment, as they are now: global, user, task, agent. */
  levelsOver: (who: Who, moment: Date) => readonly Level[]
  /** The limit that a call brings of its task. Another one than before replaces it; what its owner set since stays. */
  bringLimit: (taskId: TaskId, limitNanoUsd: number) => void
  /** Writes the reservation, the line of the ledger and the counters. Whatever is not said of the bill is as it was asked for. */
  writeReservation: (reservation: Reservation, billed?: Billed) => void
  /** Remembers that what is left of a level does not suffice for a call. */
  noteWanting: (level: Level) => void
  revoke: (attemptId: string) => void
  changes: () => Changes
}

const unbilled = ({ model }: Reservation): Billed => ({
  model,
  usage: null,
  pricedAsAnswered: false,
})

export const createBooks = ({
  at,
  known,
  unlimited,
  revoked: readRevoked,
}: {
  at: Date
  /** Everything over these calls is known. */
  known: Pick<KnownBooks, 'budgetsOf' | 'level' | 'reservation'>
  /** What tasks that had no limit until now have spent and hold. */
  unlimited: ReadonlyMap<string, { settled: number; reserved: number }>
  revoked: readonly string[]
}): Books => {
  const taskBudgets = new Map<string, readonly StoredBudget[]>()
  const levels = new Map<string, Level>()
  const presentLevels = new Map<StoredBudget, Level>()
  const reservations = new Map<string, Reservation>()
  const revoked = new Set(readRevoked)
  const changedLevels = new Set<Level>()
  const changedBudgets = new Map<string, StoredBudget>()
  const limitsBefore = new Map<string, Level>()
  const newlyRevoked = new Set<string>()
  const bookings: Booking[] = []

  const budgetsOf = (scope: BudgetScope, id: string): readonly StoredBudget[] => {
    const budgets =
      (scope === 'task' ? taskBudgets.get(id) : undefined) ?? known.budgetsOf(scope, id)
    // Taken for none, it would let the call past its limits.
    if (budgets === undefined) throw new Error(`the budgets of ${scope} ${id} were not read`)
    return budgets
  }
  const levelIn = (budget: StoredBudget, moment: Date): Level => {
    const present = moment === at ? presentLevels.get(budget) : undefined
    if (present !== undefined) return present
    const window = windowAt(budget, moment)
    const levelId = levelIdOf(budget, window)
    // Levels move where they are, so each is this batch's own.
    const level = levels.get(levelId) ?? {
      ...(known.level(levelId) ?? levelOf(budget, window)),
    }
    levels.set(levelId, level)
    if (moment === at) presentLevels.set(budget, level)
    return level
  }
  const levelsOver = (who: Who, moment: Date): readonly Level[] =>
    scopesOver(who).flatMap(({ scope, id }) =>
      budgetsOf(scope, id)
        .filter(({ countsFrom }) => moment >= countsFrom)
        .map((budget) => levelIn(budget, moment)),
    )
  const reservationOf = (attemptId: string) =>
    reservations.get(attemptId) ?? known.reservation(attemptId)
  const putTaskBudget = (budget: StoredBudget, others: readonly StoredBudget[]) => {
    taskBudgets.set(budget.id, [...others, budget])
    changedBudgets.set(budget.budgetId, budget)
  }

  return {
    at,
    reservation: reservationOf,
    isRevoked: (attemptId) => revoked.has(attemptId),
    levelsOver,
    bringLimit: (taskId, limitNanoUsd) => {
      const budgets = budgetsOf('task', taskId)
      const own = budgets.find(({ budgetId }) => budgetId === taskBudgetIdOf(taskId))
      if (own?.broughtNanoUsd === limitNanoUsd) return
      if (own === undefined) {
        const brought = newTaskBudget(taskId, limitNanoUsd)
        putTaskBudget(brought, budgets)
        const level = Object.assign(levelIn(brought, at), unlimited.get(taskId))
        // What this batch booked without a limit is in no ledger yet.
        for (const { reservation, settled, reserved } of bookings) {
          if (reservation.taskId !== taskId) continue
          level.settled += settled.nanoUsd
          level.reserved += reserved.nanoUsd
        }
        changedLevels.add(level)
        return
      }
      const level = levelIn(own, at)
      if (!limitsBefore.has(level.levelId)) limitsBefore.set(level.levelId, { ...level })
      const changed = { ...own, limit: limitNanoUsd, broughtNanoUsd: limitNanoUsd }
      putTaskBudget(
        changed,
        budgets.filter((budget) => budget !== own),
      )
      changedLevels.add(Object.assign(level, underRules(level, changed)))
    },
    writeReservation: (reservation, billed = unbilled(reservation)) => {
      const booking = bookingOf(reservationOf(reservation.attemptId), reservation, billed)
      for (const level of levelsOver(reservation, reservation.reservedAt)) {
        level.settled += amountIn(level.unit, booking.settled)
        level.reserved += amountIn(level.unit, booking.reserved)
        changedLevels.add(level)
      }
      bookings.push(booking)
      reservations.set(reservation.attemptId, reservation)
    },
    noteWanting: (level) => {
      if (level.limitTold) return
      level.isWanting = true
      changedLevels.add(level)
    },
    revoke: (attemptId) => {
      revoked.add(attemptId)
      newlyRevoked.add(attemptId)
    },
    changes: () => ({
      levels: [...changedLevels],
      budgets: [...changedBudgets.values()],
      limitsBefore: [...limitsBefore.values()],
      bookings,
      revoked: [...newlyRevoked],
    }),
  }
}
