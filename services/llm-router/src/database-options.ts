import type { DatabaseOptions } from '@maestro/service-kit/database'

/** How this service talks to its database: a few statements, the same ones for every call. */
export const databaseOptions: DatabaseOptions = {
  settings: {
    // What a call touches is found by its key. A plan that was made while a table was empty would read
    // all of it for as long as the connection lives.
    enable_seqscan: 'off',
    // Else the journal's statements are planned anew for each call, which takes longer than they do.
    plan_cache_mode: 'force_generic_plan',
  },
}
