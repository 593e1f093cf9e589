import type { Actor } from '@maestro/contracts/actor'
import { AppError } from '@maestro/contracts/errors'
import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import type { RecoveryVersion } from '@maestro/contracts/llm/recovery-endpoints'
import type { RecoveryStrategies, RecoveryStrategy } from '@maestro/contracts/llm/recovery-strategy'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { startVersionKeeper, type VersionKeeper } from '../versions/version-keeper.ts'
import { defaultStrategies } from './default-strategies.ts'
import { possibleStrategies } from './possible-strategies.ts'
import {
  addVersion,
  type KnownStrategies,
  putFirstVersion,
  readNewestVersion,
} from './recovery-store.ts'

type Change = { expectedVersion: number | null; author: Actor }

/** The recovery strategies. A call takes them once, so that one version decides it from its first failure to its last. */
export type RecoveryKeeper = Pick<VersionKeeper<KnownStrategies>, 'current' | 'newest' | 'stop'> & {
  /** @throws {AppError} `STRATEGY_REFUSED`, `VERSION_CONFLICT`. */
  set: (
    change: Change & { failureClass: FailureClass; strategy: RecoveryStrategy },
  ) => Promise<RecoveryVersion>
  /** Back to what ships: one class, or all. @throws {AppError} `VERSION_CONFLICT`. */
  reset: (change: Change & { failureClass: FailureClass | null }) => Promise<RecoveryVersion>
}

/** @throws when the database is away. */
export const startRecoveryKeeper = async ({
  sql,
  log,
}: {
  sql: Sql
  log: Logger
}): Promise<RecoveryKeeper> => {
  await putFirstVersion(sql)
  const { current, newest, change, stop } = await startVersionKeeper({
    readNewer: (version) => readNewestVersion(sql, version),
    log,
    away: 'recovery strategies may be old',
    back: 'recovery strategies are looked at again',
  })

  const make = (
    { expectedVersion, author }: Change,
    failureClass: FailureClass | null,
    changed: (strategies: RecoveryStrategies) => RecoveryStrategies,
  ): Promise<RecoveryVersion> =>
    change(expectedVersion, ({ version: after, strategies }) =>
      addVersion(sql, { after, strategies: changed(strategies), failureClass, author }),
    )

  return {
    current,
    newest,
    set: async ({ failureClass, strategy, ...by }) => {
      refuseImpossible(failureClass, strategy)
      return make(by, failureClass, (strategies) => ({ ...strategies, [failureClass]: strategy }))
    },
    reset: ({ failureClass, ...by }) =>
      make(by, failureClass, (strategies) =>
        failureClass === null
          ? defaultStrategies
          : { ...strategies, [failureClass]: defaultStrategies[failureClass] },
      ),
    stop,
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
