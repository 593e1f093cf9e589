import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { type Loop, startLoop } from '@maestro/service-kit/start-loop'
import type { Bookkeeper } from './bookkeeper.ts'

/** Settles what nobody settled or released in its time. Bounded: the oldest first, the rest in the next round. */
export const sweepLeases = async ({
  sql,
  bookkeeper,
  now,
}: {
  sql: Sql
  bookkeeper: Pick<Bookkeeper, 'expire'>
  now: () => Date
}): Promise<number> => {
  const expired = await sql<{ attemptId: string }[]>`
    select attempt_id as "attemptId" from reservations
    where state = 'held' and expires_at <= ${now()} order by expires_at limit ${leasesPerRoundMax}`
  await Promise.all(expired.map(({ attemptId }) => bookkeeper.expire(attemptId)))
  return expired.length
}

const leasesPerRoundMax = 500
/** Money of a dead worker is held at most this much longer than its lease. */
const sweepEveryMs = 2_000
/** No reservation is on its way for so long. */
const revocationMsMax = 24 * 3_600_000
const pruneEveryMs = 3_600_000

export const startLeaseSweeper = ({
  log,
  ...parts
}: Parameters<typeof sweepLeases>[0] & { log: Logger }): Loop => {
  const outage = createOutageLog({
    log,
    away: 'leases could not be swept',
    back: 'leases are swept again',
  })
  let pruneAtMs = 0
  const pruneRevocations = async () => {
    const nowMs = parts.now().getTime()
    if (nowMs < pruneAtMs) return
    pruneAtMs = nowMs + pruneEveryMs
    await parts.sql`
      delete from revocations where revoked_at < ${new Date(nowMs - revocationMsMax)}`
  }
  const sweep = async () => {
    await pruneRevocations()
    const count = await sweepLeases(parts)
    if (count > 0) log.warn({ count }, 'leases ran out and were settled at their estimate')
    return count === leasesPerRoundMax ? 'again' : undefined
  }
  return startLoop({ work: sweep, restMs: sweepEveryMs, outage })
}
