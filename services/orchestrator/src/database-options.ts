import type { DatabaseOptions } from '@maestro/service-kit/database'

/** How this service talks to its database. A copy that froze must not hold up the others. */
export const databaseOptions: DatabaseOptions = {
  settings: {
    // Whoever waits longer for a row waits for a copy that hangs in a transaction.
    lock_timeout: 5_000,
    // Such a copy loses its transaction.
    idle_in_transaction_session_timeout: 10_000,
    // Longer than filling a whole new stream again takes to be asked for.
    statement_timeout: 60_000,
    // Else the statements of a commit are planned anew for each commit, which takes longer than they do.
    plan_cache_mode: 'force_generic_plan',
    // A plan that was made while a table was empty would read all of it for as long as the connection lives.
    enable_seqscan: 'off',
  },
}
