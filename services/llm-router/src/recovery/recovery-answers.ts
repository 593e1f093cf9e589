import { isDeepStrictEqual } from 'node:util'
import { FailureClass } from '@maestro/contracts/llm/call-facts'
import {
  listRecoveryStrategies,
  listRecoveryVersions,
  resetRecoveryStrategies,
  setRecoveryStrategy,
} from '@maestro/contracts/llm/recovery-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import { defaultStrategies } from './default-strategies.ts'
import { possibleStrategies } from './possible-strategies.ts'
import type { RecoveryKeeper } from './recovery-keeper.ts'
import { readVersions } from './recovery-store.ts'

/** The recovery strategies, for people. */
export const recoveryAnswers = ({
  keeper,
  sql,
}: {
  keeper: RecoveryKeeper
  sql: Sql
}): readonly Implementation[] => [
  implement(listRecoveryStrategies, async () => {
    const { version, strategies } = await keeper.newest()
    return {
      version,
      items: FailureClass.options.map((failureClass) => ({
        failureClass,
        strategy: strategies[failureClass],
        isDefault: isDeepStrictEqual(strategies[failureClass], defaultStrategies[failureClass]),
        possible: [...possibleStrategies[failureClass].do],
      })),
    }
  }),
  implement(setRecoveryStrategy, (input, { actor }) => keeper.set({ ...input, author: actor })),
  implement(resetRecoveryStrategies, (input, { actor }) =>
    keeper.reset({ ...input, author: actor }),
  ),
  implement(listRecoveryVersions, async ({ before, limit }) => {
    const found = await readVersions(sql, { before, limit: limit + 1 })
    const items = found.slice(0, limit)
    return { items, nextBefore: found.length > limit ? (items.at(-1)?.version ?? null) : null }
  }),
]
