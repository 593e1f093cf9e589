import { AppError } from '@maestro/contracts/errors'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'

/**
 * How late a worker may learn what was changed at another one. Read from the table, and not announced
 * on the bus: what was missed while the bus was away would hold until the next change, and this costs
 * one look at an index per second and worker.
 */
const lookEveryMs = 1_000

/** A record that is changed by adding versions, at this worker as new as at all others. */
export type VersionKeeper<Known extends { version: number }> = {
  /** What holds now. */
  current: () => Known
  /** What holds at all workers from this moment on, for people. @throws {AppError} `UNAVAILABLE`. */
  newest: () => Promise<Known>
  /** Adds a version to the newest one, and knows it then. @throws {AppError} `VERSION_CONFLICT`, `UNAVAILABLE`. */
  change: <Made>(
    /** Null: whichever it is. */
    expectedVersion: number | null,
    add: (newest: Known) => Promise<Made>,
  ) => Promise<Made>
  stop: () => void
}

/** @throws when the database is away, or has no version. */
export const startVersionKeeper = async <Known extends { version: number }>({
  readNewer,
  log,
  ...words
}: {
  /** The newest version; null: none is newer than this one. */
  readNewer: (version: number) => Promise<Known | null>
  log: Logger
  /** What an outage means, and its end. */
  away: string
  back: string
}): Promise<VersionKeeper<Known>> => {
  const first = await readNewer(0)
  if (first === null) throw new Error('the first version is missing')
  let known = first
  const look = async (): Promise<Known> => {
    const newer = await readNewer(known.version)
    // A slow look must not bring back what a change has replaced meanwhile.
    if (newer !== null && newer.version > known.version) known = newer
    return known
  }

  const outage = createOutageLog({ log, ...words })
  let isLooking = false
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    look()
      .then(outage.worked, outage.failed)
      .finally(() => {
        isLooking = false
      })
  }, lookEveryMs)

  const orOutage = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      throw asDatabaseOutage(error)
    }
  }

  return {
    current: () => known,
    newest: () => orOutage(look),
    change: (expectedVersion, add) =>
      orOutage(async () => {
        const newest = await look()
        const { version } = newest
        if (expectedVersion !== null && expectedVersion !== version) {
          throw new AppError('VERSION_CONFLICT', { version, expectedVersion })
        }
        const made = await add(newest)
        await look()
        return made
      }),
    stop: () => clearInterval(timer),
  }
}
