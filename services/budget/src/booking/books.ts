import type { BudgetScope } from '@maestro/contracts/budget/budget-refusal'
import type { TaskId } from '@maestro/contracts/ids'
import { amountIn, type Level, levelIdOf, levelOf, underRules } from '../budgets/level.ts'
import { newTaskBudget, type StoredBudget, taskBudgetIdOf } from '../budgets/stored-budget.ts'
import { windowAt } from '../budgets/window.ts'
import { type Billed, type Booking, bookingOf } from './booking.ts'
import type { Attempt, Reservation } from './reservation.ts'

/** Whose spending a call is. */
export type Who = Pick<Attempt, 'userId' | 'taskId' | 'agentId'>

/**
 * The books of one batch: what was read of budgets, levels and reservations, and what the decisions
 * change. A reservation counts on every budget over its call, in the window in which it was made.
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

export type Changes = {
  readonly levels: readonly Level[]
  /** Budgets of tasks that are new or have another limit. */
  readonly budgets: readonly StoredBudget[]
  /** Levels of tasks whose limit became another one, as they were before. */
  readonly limitsBefore: readonly Level[]
  /** The lines of the ledger; each carries its reservation as it is after it. */
  readonly bookings: readonly Booking[]
  readonly revoked: readonly string[]
}

const unbilled = ({ model }: Reservation): Billed => ({
  model,
  usage: null,
  pricedAsAnswered: false,
})

export const createBooks = ({
  at,
  budgets: readBudgets,
  levels: readLevels,
  unlimited,
  reservations: readReservations,
  revoked: readRevoked,
}: {
  at: Date
  budgets: readonly StoredBudget[]
  /** Those that something was counted on. */
  levels: readonly Level[]
  /** What tasks that had no limit until now have spent and hold. */
  unlimited: ReadonlyMap<string, { settled: number; reserved: number }>
  reservations: readonly Reservation[]
  revoked: readonly string[]
}): Books => {
  const byScope: Record<BudgetScope, Map<string, StoredBudget[]>> = {
    global: new Map(),
    user: new Map(),
    task: new Map(),
    agent: new Map(),
  }
  const addBudget = (budget: StoredBudget) => {
    const others = byScope[budget.scope].get(budget.id) ?? []
    byScope[budget.scope].set(budget.id, [...others, budget])
  }
  for (const budget of readBudgets) addBudget(budget)
  // Levels are this batch's own: they move where they are.
  const levels = new Map(readLevels.map((level) => [level.levelId, { ...level }]))
  const presentLevels = new Map<StoredBudget, Level>()
  const reservations = new Map(
    readReservations.map((reservation) => [reservation.attemptId, reservation]),
  )
  const revoked = new Set(readRevoked)
  const changedLevels = new Set<Level>()
  const changedBudgets = new Map<string, StoredBudget>()
  const limitsBefore = new Map<string, Level>()
  const newlyRevoked = new Set<string>()
  const bookings: Booking[] = []

  const levelIn = (budget: StoredBudget, moment: Date): Level => {
    const present = moment === at ? presentLevels.get(budget) : undefined
    if (present !== undefined) return present
    const window = windowAt(budget, moment)
    const levelId = levelIdOf(budget, window)
    const level = levels.get(levelId) ?? levelOf(budget, window)
    levels.set(levelId, level)
    if (moment === at) presentLevels.set(budget, level)
    return level
  }
  const addLevels = (to: Level[], scope: BudgetScope, id: string, moment: Date) => {
    for (const budget of byScope[scope].get(id) ?? [])
      if (moment >= budget.countsFrom) to.push(levelIn(budget, moment))
  }
  const levelsOver = ({ userId, taskId, agentId }: Who, moment: Date): Level[] => {
    const over: Level[] = []
    addLevels(over, 'global', 'global', moment)
    addLevels(over, 'user', userId, moment)
    addLevels(over, 'task', taskId, moment)
    if (agentId !== null) addLevels(over, 'agent', agentId, moment)
    return over
  }

  return {
    at,
    reservation: (attemptId) => reservations.get(attemptId),
    isRevoked: (attemptId) => revoked.has(attemptId),
    levelsOver,
    bringLimit: (taskId, limitNanoUsd) => {
      const others = byScope.task.get(taskId) ?? []
      const own = others.find(({ budgetId }) => budgetId === taskBudgetIdOf(taskId))
      if (own?.broughtNanoUsd === limitNanoUsd) return
      if (own === undefined) {
        const brought = newTaskBudget(taskId, limitNanoUsd)
        addBudget(brought)
        changedBudgets.set(brought.budgetId, brought)
        changedLevels.add(Object.assign(levelIn(brought, at), unlimited.get(taskId)))
        return
      }
      const level = levelIn(own, at)
      if (!limitsBefore.has(level.levelId)) limitsBefore.set(level.levelId, { ...level })
      own.limit = limitNanoUsd
      own.broughtNanoUsd = limitNanoUsd
      changedBudgets.set(own.budgetId, own)
      changedLevels.add(Object.assign(level, underRules(level, own)))
    },
    writeReservation: (reservation, billed = unbilled(reservation)) => {
      const booking = bookingOf(reservations.get(reservation.attemptId), reservation, billed)
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
