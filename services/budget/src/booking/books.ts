import type { BudgetScope } from '@maestro/contracts/budget/budget-refusal'
import type { TaskId } from '@maestro/contracts/ids'
import { type Level, levelIdOf, levelOf, moved, underRules } from '../budgets/level.ts'
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
  readonly reservations: readonly Reservation[]
  readonly bookings: readonly Booking[]
  readonly revoked: readonly string[]
}

const unbilled = ({ model }: Reservation): Billed => ({
  model,
  usage: null,
  pricedAsAnswered: false,
})

const keyOf = (scope: BudgetScope, id: string) => `${scope} ${id}`

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
  const budgets = new Map(
    Map.groupBy(readBudgets, ({ scope, id }) => keyOf(scope, id)) as ReadonlyMap<
      string,
      readonly StoredBudget[]
    >,
  )
  const levels = new Map(readLevels.map((level) => [level.levelId, level]))
  const reservations = new Map(
    readReservations.map((reservation) => [reservation.attemptId, reservation]),
  )
  const revoked = new Set(readRevoked)
  const changedLevels = new Set<string>()
  const changedBudgets = new Map<string, StoredBudget>()
  const limitsBefore = new Map<string, Level>()
  const changedReservations = new Set<string>()
  const newlyRevoked = new Set<string>()
  const bookings: Booking[] = []

  const writeLevel = (level: Level) => {
    levels.set(level.levelId, level)
    changedLevels.add(level.levelId)
  }
  const levelIn = (budget: StoredBudget, moment: Date): Level => {
    const window = windowAt(budget, moment)
    return levels.get(levelIdOf(budget, window)) ?? levelOf(budget, window)
  }
  const levelsOf = (scope: BudgetScope, id: string, moment: Date): Level[] =>
    (budgets.get(keyOf(scope, id)) ?? []).flatMap((budget) =>
      moment < budget.countsFrom ? [] : [levelIn(budget, moment)],
    )
  const levelsOver = ({ userId, taskId, agentId }: Who, moment: Date) => [
    ...levelsOf('global', 'global', moment),
    ...levelsOf('user', userId, moment),
    ...levelsOf('task', taskId, moment),
    ...(agentId === null ? [] : levelsOf('agent', agentId, moment)),
  ]

  return {
    at,
    reservation: (attemptId) => reservations.get(attemptId),
    isRevoked: (attemptId) => revoked.has(attemptId),
    levelsOver,
    bringLimit: (taskId, limitNanoUsd) => {
      const key = keyOf('task', taskId)
      const others = budgets.get(key) ?? []
      const own = others.find(({ budgetId }) => budgetId === taskBudgetIdOf(taskId))
      if (own?.broughtNanoUsd === limitNanoUsd) return
      const brought = newTaskBudget(taskId, limitNanoUsd)
      const next: StoredBudget =
        own === undefined ? brought : { ...own, limit: limitNanoUsd, broughtNanoUsd: limitNanoUsd }
      budgets.set(key, [...others.filter((budget) => budget !== own), next])
      changedBudgets.set(next.budgetId, next)
      if (own === undefined) {
        const level = levelIn(next, at)
        writeLevel({ ...level, ...unlimited.get(taskId) })
        return
      }
      const before = levelIn(own, at)
      if (!limitsBefore.has(before.levelId)) limitsBefore.set(before.levelId, before)
      writeLevel(underRules(before, next))
    },
    writeReservation: (reservation, billed = unbilled(reservation)) => {
      const booking = bookingOf(reservations.get(reservation.attemptId), reservation, billed)
      for (const level of levelsOver(reservation, reservation.reservedAt))
        writeLevel(moved(level, booking))
      bookings.push(booking)
      reservations.set(reservation.attemptId, reservation)
      changedReservations.add(reservation.attemptId)
    },
    noteWanting: (level) => {
      if (!level.limitTold) writeLevel({ ...level, isWanting: true })
    },
    revoke: (attemptId) => {
      revoked.add(attemptId)
      newlyRevoked.add(attemptId)
    },
    changes: () => ({
      levels: [...changedLevels].flatMap((levelId) => levels.get(levelId) ?? []),
      budgets: [...changedBudgets.values()],
      limitsBefore: [...limitsBefore.values()],
      reservations: [...changedReservations].flatMap(
        (attemptId) => reservations.get(attemptId) ?? [],
      ),
      bookings,
      revoked: [...newlyRevoked],
    }),
  }
}
