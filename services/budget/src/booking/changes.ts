import type { Level } from '../budgets/level.ts'
import type { StoredBudget } from '../budgets/stored-budget.ts'
import type { Booking } from './booking.ts'

/** What the decisions of a batch change of the books. */
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
