import type { DatabaseOptions } from '@maestro/service-kit/database'

/**
 * Connections for questions that read many lines: searches and figures. They have a pool of their own:
 * however many people ask at once, events never wait for a connection to be recorded.
 */
export const reportOptions: DatabaseOptions = {
  connectionsMax: 2,
  settings: {
    default_transaction_read_only: 'on',
    // Shorter than callers wait.
    statement_timeout: 8_000,
  },
}
