/** Small on purpose: everything of ours together should idle below 700 MiB. */
const leanSettings = {
  shared_buffers: '96MB',
  work_mem: '8MB',
  maintenance_work_mem: '32MB',
  // Six services with pools of at most 16, several router workers, and room for a person.
  max_connections: '200',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '0',
  autovacuum_max_workers: '2',
  jit: 'off',
  max_wal_size: '512MB',
  min_wal_size: '64MB',
  // What was written since the last checkpoint is done again after a crash, and everybody waits for it.
  checkpoint_timeout: '60s',
  // It counts from its end, and is made slowly over this share of the time.
  checkpoint_completion_target: '0.3',
  // Nobody replicates from here.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // TCP on loopback is enough, and a socket would need a folder.
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  log_min_duration_statement: '1000',
  // After a crash Postgres syncs its whole folder: file by file that takes seconds, six databases have
  // thousands. Linux does it in one call.
  ...(process.platform === 'linux' && { recovery_init_sync_method: 'syncfs' }),
}

const throwawaySettings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
}

/** The settings as arguments: a newer Maestro changes them without touching what lies in the data folder. */
export const postgresSettings = ({
  port,
  majorVersion,
  isDurable,
}: {
  port: number
  majorVersion: number
  isDurable: boolean
}): readonly string[] =>
  Object.entries({
    ...leanSettings,
    // Saves the three processes that 18 starts for reading ahead.
    ...(majorVersion >= 18 ? { io_method: 'sync' } : {}),
    ...(isDurable ? {} : throwawaySettings),
    port: `${port}`,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
