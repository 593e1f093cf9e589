import type { Actor } from '@maestro/contracts/actor'
import { AppError } from '@maestro/contracts/errors'
import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import type { RecoveryVersion } from '@maestro/contracts/llm/recovery-endpoints'
import type { RecoveryStrategies, RecoveryStrategy } from '@maestro/contracts/llm/recovery-strategy'
import type { Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { defaultStrategies } from './default-strategies.ts'
import { possibleStrategies } from './possible-strategies.ts'
import {
  addVersion,
  type KnownStrategies,
  putFirstVersion,
  readNewestVersion,
} from './recovery-store.ts'

/**
 * How late a worker may learn what was changed at another one. Read from the table, and not announced
 * on the bus: what was missed while the bus was away would hold until the next change, and this costs
 * one look at an index per second and worker.
 */
const lookEveryMs = 1_000

export type RecoveryKeeper = {
  /** What holds now. A call takes it once, so that one version decides it from its first failure to its last. */
  current: () => KnownStrategies
  /** What holds at all workers from this moment on, for people. @throws {AppError} `UNAVAILABLE`. */
  newest: () => Promise<KnownStrategies>
  /** @throws {AppError} `STRATEGY_REFUSED`, `VERSION_CONFLICT`. */
  set: (change: {
    failureClass: FailureClass
    strategy: RecoveryStrategy
    expectedVersion: number | null
    author: Actor
  }) => Promise<RecoveryVersion>
  /** Back to what ships: one class, or all. @throws {AppError} `VERSION_CONFLICT`. */
  reset: (change: {
    failureClass: FailureClass | null
    expectedVersion: number | null
    author: Actor
  }) => Promise<RecoveryVersion>
  stop: () => void
}

/** Keeps the recovery strategies of this worker as new as those of all others. @throws when the database is away. */
export const startRecoveryKeeper = async ({
  sql,
  log,
}: {
  sql: Sql
  log: Logger
}): Promise<RecoveryKeeper> => {
  await putFirstVersion(sql)
  let known: KnownStrategies = { version: 0, strategies: defaultStrategies }
  const look = async () => {
    const newer = await readNewestVersion(sql, known.version)
    // A slow look must not bring back what a change has replaced meanwhile.
    if (newer !== null && newer.version > known.version) known = newer
  }
  await look()

  const outage = createOutageLog({
    log,
    away: 'recovery strategies may be old',
    back: 'recovery strategies are looked at again',
  })
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

  const change = async (
    { expectedVersion, author }: { expectedVersion: number | null; author: Actor },
    failureClass: FailureClass | null,
    make: (strategies: RecoveryStrategies) => RecoveryStrategies,
  ): Promise<RecoveryVersion> => {
    try {
      await look()
      const { version: after, strategies } = known
      if (expectedVersion !== null && expectedVersion !== after) {
        throw new AppError('VERSION_CONFLICT', { version: after, expectedVersion })
      }
      const made = await addVersion(sql, {
        after,
        strategies: make(strategies),
        failureClass,
        author,
      })
      await look()
      return made
    } catch (error) {
      throw asDatabaseOutage(error)
    }
  }

  return {
    current: () => known,
    newest: async () => {
      try {
        await look()
        return known
      } catch (error) {
        throw asDatabaseOutage(error)
      }
    },
    set: async ({ failureClass, strategy, ...by }) => {
      refuseImpossible(failureClass, strategy)
      return change(by, failureClass, (strategies) => ({ ...strategies, [failureClass]: strategy }))
    },
    reset: async ({ failureClass, ...by }) =>
      change(by, failureClass, (strategies) =>
        failureClass === null
          ? defaultStrategies
          : { ...strategies, [failureClass]: defaultStrategies[failureClass] },
      ),
    stop: () => clearInterval(timer),
  }
}

const refuseImpossible = (failureClass: FailureClass, strategy: RecoveryStrategy): void => {
  const { do: possible, whyNotMore } = possibleStrategies[failureClass]
  if (possible.includes(strategy.do)) return
  throw new AppError('STRATEGY_REFUSED', {
    failureClass,
    strategy: strategy.do,
    reason: whyNotMore,
    possible,
  })
}
