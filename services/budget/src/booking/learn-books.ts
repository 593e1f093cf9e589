import type { TaskId } from '@maestro/contracts/ids'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import { readBudgetsOver, readUnlimited, type ScopeKey } from '../budgets/level-rows.ts'
import { taskBudgetIdOf } from '../budgets/stored-budget.ts'
import type { ReserveOperation } from './decide-reservation.ts'
import type { KnownBooks } from './known-books.ts'
import { attemptIdOf, type Operation } from './operation.ts'
import { readReservations, readRevoked } from './reservation-rows.ts'
import { scopesOver } from './scopes-over.ts'

export type Learned = {
  readonly unlimited: ReadonlyMap<string, { settled: number; reserved: number }>
  readonly revoked: readonly string[]
}

const nothingMore: Learned = { unlimited: new Map(), revoked: [] }

/**
 * Reads what a batch needs and is not known yet. Attempts that ask for money may be taken for new ones,
 * as nearly all are; whether they are is then for the writing to say.
 */
export const learnBooks = async (
  sql: Sql | Transaction,
  known: KnownBooks,
  operations: readonly Operation[],
  { at, takesForNew }: { at: Date; takesForNew: boolean },
): Promise<Learned> => {
  const reserving = operations.filter((operation) => operation.type === 'reserve')
  const scopes = unknownScopes(reserving, known)
  const attemptIds = operations
    .filter(({ type }) => type !== 'reserve' || !takesForNew)
    .map(attemptIdOf)
    .filter((attemptId) => known.reservation(attemptId) === undefined)
  const taskIds = tasksWithoutLimit(reserving, known)
  if (scopes.length + attemptIds.length + taskIds.length === 0) return nothingMore
  // Sent together, answered one after the other: under a lock all is read after it is held.
  const [over, unlimited, reservations, revoked] = await Promise.all([
    readBudgetsOver(sql, { scopes, attemptIds, at }),
    taskIds.length === 0 ? nothingMore.unlimited : readUnlimited(sql, taskIds),
    attemptIds.length === 0 ? [] : readReservations(sql, attemptIds),
    attemptIds.length === 0 ? [] : readRevoked(sql, attemptIds),
  ])
  known.learn({ scopes, ...over, reservations })
  return { unlimited, revoked }
}

const unknownScopes = (
  reserving: readonly ReserveOperation[],
  known: KnownBooks,
): readonly ScopeKey[] => {
  const unknown = new Map<string, ScopeKey>()
  for (const { attempt } of reserving)
    for (const key of scopesOver(attempt))
      if (known.budgetsOf(key.scope, key.id) === undefined)
        unknown.set(`${key.scope}/${key.id}`, key)
  return [...unknown.values()]
}

/** Those whose calls bring a limit, which has to count what the task spent without one. */
const tasksWithoutLimit = (
  reserving: readonly ReserveOperation[],
  known: KnownBooks,
): readonly TaskId[] => {
  const taskIds = new Set<TaskId>()
  for (const { attempt, taskLimitNanoUsd } of reserving) {
    if (taskLimitNanoUsd === null) continue
    const budgets = known.budgetsOf('task', attempt.taskId) ?? []
    const own = taskBudgetIdOf(attempt.taskId)
    if (!budgets.some(({ budgetId }) => budgetId === own)) taskIds.add(attempt.taskId)
  }
  return [...taskIds]
}
