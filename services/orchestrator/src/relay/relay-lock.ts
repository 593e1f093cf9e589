import type { Logger } from '@maestro/service-kit/logger'
import { reconnectSeconds } from '@maestro/service-kit/database'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { postgres } from '@maestro/service-kit/postgres'

/** A number that no other advisory lock of this database uses. One relay at a time, for all tasks. */
const relayLock = 7_301_100
const tryEveryMs = 500

/** Holds the relay's lock for as long as its own connection lives; Postgres frees it when we die. */
export type RelayLock = { holds: () => boolean; stop: () => Promise<void> }

export const holdRelayLock = ({
  postgresUrl,
  log,
  onHeld,
}: {
  postgresUrl: string
  log: Logger
  onHeld: () => void
}): RelayLock => {
  const outage = createOutageLog({
    log,
    away: 'the relay lock could not be asked for',
    back: 'the relay lock is asked for again',
  })
  let held = false
  let stopped = false
  let asking = false
  const connection = postgres(postgresUrl, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: 0,
    backoff: reconnectSeconds,
    onnotice: () => {},
    onclose: () => {
      if (held && !stopped) log.warn('the relay lock was lost with its connection')
      held = false
    },
  })
  const tryLock = async () => {
    // One question at a time: they would queue up while the database is away.
    if (held || stopped || asking) return
    asking = true
    try {
      const [row] = await connection<{ got: boolean }[]>`
        select pg_try_advisory_lock(${relayLock}) as got`
      outage.worked()
      if (row?.got !== true || stopped) return
      held = true
      log.info('this copy relays events')
      onHeld()
    } catch (error) {
      if (!stopped) outage.failed(error)
    } finally {
      asking = false
    }
  }
  const timer = setInterval(() => void tryLock(), tryEveryMs)
  void tryLock()
  return {
    holds: () => held,
    stop: async () => {
      stopped = true
      held = false
      clearInterval(timer)
      await connection.end({ timeout: 1 })
    },
  }
}
