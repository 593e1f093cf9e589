import type { CallId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { heartbeatMs, renewLeases } from './leases.ts'
import type { WorkerIdentity } from './worker-identity.ts'

/** Renews the leases of all calls of this worker together, and tells which ones it has lost. */
export const keepLeases = ({
  sql,
  log,
  identity,
  owned,
  onLost,
}: {
  sql: Sql
  log: Logger
  identity: WorkerIdentity
  owned: () => readonly CallId[]
  onLost: (callIds: readonly CallId[]) => void
}): { stop: () => void } => {
  let isRunning = false
  const beat = async () => {
    // A slow database must not collect heartbeats.
    if (isRunning) return
    isRunning = true
    try {
      const lost = await renewLeases(sql, identity, owned())
      if (lost.length > 0) onLost(lost)
    } catch (error) {
      log.warn({ err: error }, 'leases could not be renewed')
    } finally {
      isRunning = false
    }
  }
  const timer = setInterval(() => void beat(), heartbeatMs)
  return { stop: () => clearInterval(timer) }
}
