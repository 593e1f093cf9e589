import type { Trouble } from '@maestro/contracts/gateway/system-status'
import { NatsError } from './nats.ts'
import type { Outage } from './outage-log.ts'
import { toAppError } from './wire-error.ts'

/** Shorter is what the restart of a server looks like, which mends itself. */
const troubleAfterMs = 10_000

/** What a copy cannot do for a while now: the oldest of its outages. Null while all is well, and while nothing was tried. */
export const troubleOf = (outages: readonly (Outage | null)[], now: number): Trouble | null => {
  const [oldest] = outages
    .filter((outage) => outage !== null && now - outage.since >= troubleAfterMs)
    .toSorted((one, other) => (one?.since ?? 0) - (other?.since ?? 0))
  if (!oldest) return null
  const { away, since, error } = oldest
  return { what: away, reason: reasonOf(error), since: new Date(since).toISOString() }
}

/** The server's own words where it gave some: "no space left on device" says more than any code. */
const reasonOf = (error: unknown): string => {
  if (error instanceof NatsError && error.api_error) return error.api_error.description
  const { code, details, message } = toAppError(error)
  const { reason } = details
  return typeof reason === 'string' ? reason : `${code}: ${message}`
}
