import type { DatabaseOptions } from '@maestro/service-kit/database'

/**
 * Connections for questions that read many lines. They have a pool of their own: however many people
 * ask at once, decisions about money never wait for a connection.
 */
export const reportOptions: DatabaseOptions = {
  connectionsMax: 2,
  settings: {
    default_transaction_read_only: 'on',
    // Shorter than callers wait.
    statement_timeout: 8_000,
    // The groups of one question; beyond it Postgres writes them to disk, which takes longer.
    work_mem: '32MB',
    // The ledger is read by the index that carries all that costs need (see db-schema.ts).
    enable_seqscan: 'off',
  },
}
