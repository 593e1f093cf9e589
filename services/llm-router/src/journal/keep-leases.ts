import type { CallId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
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
  const outage = createOutageLog({
    log,
    away: 'leases could not be renewed',
    back: 'leases are renewed again',
  })
  let isRunning = false
  const beat = async () => {
    // A slow database must not collect heartbeats.
    if (isRunning) return
    isRunning = true
    try {
      const lost = await renewLeases(sql, identity, owned())
      outage.worked()
      if (lost.length > 0) onLost(lost)
    } catch (error) {
      outage.failed(error)
    } finally {
      isRunning = false
    }
  }
  const timer = setInterval(() => void beat(), heartbeatMs)
  return { stop: () => clearInterval(timer) }
}
