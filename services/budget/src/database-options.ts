import type { DatabaseOptions } from '@maestro/service-kit/database'

/** How this service talks to its database. Every decision waits for one row, so nobody may sit on it. */
export const databaseOptions: DatabaseOptions = {
  settings: {
    // Shorter than callers wait, so that they hear of an outage.
    lock_timeout: 2_000,
    // A copy that froze in the middle of a decision loses its transaction, and the others go on.
    idle_in_transaction_session_timeout: 5_000,
    // Everything is found by its key. A plan that was made while a table was empty would read all of
    // it for as long as the connection lives.
    enable_seqscan: 'off',
    // Else the statement of a batch is planned anew for each batch, which takes longer than it does.
    plan_cache_mode: 'force_generic_plan',
  },
}
