import type { DatabaseOptions } from '@maestro/service-kit/database'

/** How this service writes its history: the same few statements for whatever comes. */
export const databaseOptions: DatabaseOptions = {
  settings: {
    // Else they are planned anew for each group of events, over eight partitions: longer than they run.
    plan_cache_mode: 'force_generic_plan',
    // A plan that was made while a table was empty would read all of it for as long as the connection lives.
    enable_seqscan: 'off',
  },
}
